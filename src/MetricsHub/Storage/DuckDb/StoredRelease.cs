using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.DuckDb;

/// <summary>A release as stored; only those that the newest statements come from stay in memory.</summary>
internal sealed record StoredRelease(int Id, PublicationId Publication, Reading Reading, ReleaseOrder Order, DateTimeOffset RecordedAt)
{
    /// <summary>Whether this one's statements stand after the other's; the same order as <see cref="StatementSql.ReleaseOrder"/>.</summary>
    public bool StandsAfter(StoredRelease other)
    {
        var order = Order.CompareTo(other.Order);
        if (order == 0)
        {
            order = Reading.CompareTo(other.Reading);
        }

        return order == 0
            ? string.CompareOrdinal(Publication.ToString(), other.Publication.ToString()) > 0
            : order > 0;
    }
}
