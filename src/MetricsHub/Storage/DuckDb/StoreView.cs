using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// What one read may know: the state of the store after a certain release. Taken while a connection for reading is held, so that no
/// compaction falls between the view and the tables.
/// </summary>
internal sealed class StoreView
{
    private readonly StoreMemory memory;
    private readonly bool isPast;

    /// <param name="version">The last release known; null for the last one of all.</param>
    public StoreView(StoreMemory memory, SeriesSelection selection, int? version)
    {
        this.memory = memory;
        lock (memory.Gate)
        {
            isPast = version < memory.Version;
            Version = version ?? memory.Version;
            Ids = memory.Series.Select(selection);
            Keys = Array.ConvertAll(Ids, id => memory.Series[id]);
            SeriesCount = memory.Series.Count;
        }
    }

    public int Version { get; }

    /// <summary>The selected series, by metric and organisation.</summary>
    public int[] Ids { get; }

    public SeriesKey[] Keys { get; }

    /// <summary>How many series there are in all.</summary>
    public int SeriesCount { get; }

    public bool TryGetId(SeriesKey series, out int id)
    {
        lock (memory.Gate)
        {
            return memory.Series.TryGetId(series, out id);
        }
    }

    /// <summary>How all of a range can be read at once: as the part that takes most.</summary>
    public MonthState StateOf(DateTimeOffset? from, DateTimeOffset? to) =>
        Stretches(from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue).Select(stretch => stretch.State).DefaultIfEmpty().Max();

    /// <summary>How each part of a range is to be read. What was known in the past has to be ranked everywhere.</summary>
    public List<Stretch> Stretches(DateTimeOffset from, DateTimeOffset to)
    {
        if (isPast)
        {
            return [new Stretch(from, to, MonthState.Contested)];
        }

        lock (memory.Gate)
        {
            return memory.Months.Within(from, to);
        }
    }
}
