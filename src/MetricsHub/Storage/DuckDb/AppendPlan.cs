using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// What appending a release will change, worked out before anything is written. One plan serves one append after another, so that a
/// row costs a few look-ups and no memory.
/// </summary>
internal sealed class AppendPlan(StoreMemory memory)
{
    private readonly HashSet<PeriodKey> seen = [];
    private readonly Dictionary<SeriesKey, int> newIds = [];
    private int[] ids = [];

    public IReadOnlyList<Statement> Statements { get; private set; } = [];

    /// <summary>The numbers of the statements' series, in the order of the statements.</summary>
    public ReadOnlySpan<int> Ids => ids.AsSpan(0, Statements.Count);

    /// <summary>Series met for the first time; their numbers follow those of the known ones.</summary>
    public List<SeriesKey> NewSeries { get; } = [];

    public Span Starts { get; private set; }

    /// <summary>The starts of the periods of which something may have been said before.</summary>
    public Span Contested { get; private set; }

    /// <exception cref="ArgumentException">Two statements speak of one series and period, or a period cannot be stored as it is.</exception>
    public void Make(IReadOnlyList<Statement> statements)
    {
        Reset(statements);
        var (starts, contested) = (Span.None, Span.None);
        for (var index = 0; index < statements.Count; index++)
        {
            var statement = statements[index];
            var id = IdOf(statement.Series);
            var (start, end) = (statement.Period.Start.Ticks, statement.Period.End.Ticks);
            if (!seen.Add(new PeriodKey(id, start, end)))
            {
                throw new ArgumentException($"Two statements speak of {statement.Series} in {statement.Period}; the later one is row {statement.Row}.");
            }

            if (start % TimeSpan.TicksPerMicrosecond != 0 || end % TimeSpan.TicksPerMicrosecond != 0)
            {
                throw new ArgumentException($"Row {statement.Row}: a period is kept to the microsecond, not {statement.Period.Start:O} to {statement.Period.End:O}.");
            }

            ids[index] = id;
            starts = starts.With(start);
            if (id <= memory.Series.Count && !memory.Newest[id].IsBefore(start, end))
            {
                contested = contested.With(start);
            }
        }

        (Starts, Contested) = (starts, contested);
    }

    private void Reset(IReadOnlyList<Statement> statements)
    {
        Statements = statements;
        seen.Clear();
        newIds.Clear();
        NewSeries.Clear();
        if (ids.Length < statements.Count)
        {
            ids = new int[statements.Count];
        }
    }

    private int IdOf(SeriesKey series)
    {
        if (memory.Series.TryGetId(series, out var id) || newIds.TryGetValue(series, out id))
        {
            return id;
        }

        NewSeries.Add(series);
        id = memory.Series.Count + NewSeries.Count;
        newIds.Add(series, id);
        return id;
    }

    /// <summary>From the smallest to the largest of some instants, in ticks.</summary>
    internal readonly record struct Span(long First, long Last)
    {
        public static readonly Span None = new(long.MaxValue, long.MinValue);

        public bool IsEmpty => First > Last;

        public DateTime? FirstTime => IsEmpty ? null : new DateTime(First);

        public DateTime? LastTime => IsEmpty ? null : new DateTime(Last);

        public Span With(long ticks) => new(Math.Min(First, ticks), Math.Max(Last, ticks));
    }
}
