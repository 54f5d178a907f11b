namespace MetricsHub.Domain.Publications;

/// <summary>
/// Where a publication stands among the releases of its source; of two statements about the same series and period the one whose
/// publication stands later is current. By the date that the publisher gives, else by the revision mark in its link text or file
/// name, else by arrival. A publication that bears a date stands after one that bears none, so that the order is total whatever mix
/// of them arrives, and in whatever sequence.
/// </summary>
/// <param name="PublishedAt">The date that the publication itself or its landing page states.</param>
/// <param name="Revision">0 for a first release, 1 and up for a revision.</param>
/// <param name="Arrival">The number that the ledger gave on first sight; unique in a hub, growing.</param>
public sealed record ReleaseOrder(DateTimeOffset? PublishedAt, int Revision, long Arrival) : IComparable<ReleaseOrder>
{
    public int CompareTo(ReleaseOrder? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byDate = Nullable.Compare(PublishedAt, other.PublishedAt);
        if (byDate != 0)
        {
            return byDate;
        }

        var byRevision = Revision.CompareTo(other.Revision);
        return byRevision != 0 ? byRevision : Arrival.CompareTo(other.Arrival);
    }

    public static bool operator <(ReleaseOrder left, ReleaseOrder right) => left.CompareTo(right) < 0;

    public static bool operator <=(ReleaseOrder left, ReleaseOrder right) => left.CompareTo(right) <= 0;

    public static bool operator >(ReleaseOrder left, ReleaseOrder right) => left.CompareTo(right) > 0;

    public static bool operator >=(ReleaseOrder left, ReleaseOrder right) => left.CompareTo(right) >= 0;
}
