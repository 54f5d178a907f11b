using System.Globalization;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// What the store keeps in memory beside the file. It changes only after a commit, under <see cref="Gate"/>; whoever reads more than
/// one of its parts takes the gate too.
/// </summary>
internal sealed class StoreMemory
{
    private readonly HashSet<ulong> publications = [];
    private NewestStatement[] newest = new NewestStatement[64];

    public Lock Gate { get; } = new();

    public SeriesIndex Series { get; } = new();

    public MonthStates Months { get; } = new();

    /// <summary>The number of the last release.</summary>
    public int Version { get; set; }

    public DateTimeOffset LastRecordedAt { get; set; } = DateTimeOffset.UnixEpoch;

    public NewestStatement[] Newest => newest;

    public ref NewestStatement NewestOf(int series)
    {
        if (series >= newest.Length)
        {
            Array.Resize(ref newest, Math.Max(series + 1, newest.Length * 2));
        }

        return ref newest[series];
    }

    /// <summary>False means that no reading of the publication is stored; true that there probably is one.</summary>
    public bool MayKnow(PublicationId publication) => publications.Contains(Prefix(publication.ToString()));

    public void Remember(string publication) => publications.Add(Prefix(publication));

    /// <summary>Strictly later than everything recorded before, even if the clock was set back.</summary>
    public DateTimeOffset NextRecordedAt(TimeProvider time)
    {
        var now = StoreTime.Truncate(time.GetUtcNow());
        return now > LastRecordedAt ? now : LastRecordedAt.AddTicks(TimeSpan.TicksPerMicrosecond);
    }

    // Eight of the hash's bytes: twenty bytes of memory for each release instead of two hundred.
    private static ulong Prefix(string publication) =>
        ulong.Parse(publication.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
