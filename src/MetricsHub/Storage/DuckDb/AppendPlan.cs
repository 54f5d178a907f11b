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
    private int[] followers = [];
    private (long Start, long End)[] last = [];

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
        var previous = 0;
        var inOrder = true;
        for (var index = 0; index < statements.Count; index++)
        {
            var statement = statements[index];
            var id = IdOf(statement.Series, previous);
            ids[index] = previous = id;
            var (start, end) = (statement.Period.Start.Ticks, statement.Period.End.Ticks);
            if (start % TimeSpan.TicksPerMicrosecond != 0 || end % TimeSpan.TicksPerMicrosecond != 0)
            {
                throw new ArgumentException($"Row {statement.Row}: a period is kept to the microsecond, not {statement.Period.Start:O} to {statement.Period.End:O}.");
            }

            ref var before = ref last[id];
            inOrder &= start > before.Start || (start == before.Start && end > before.End);
            before = (start, end);
            starts = starts.With(start);
            if (id <= memory.Series.Count && !memory.Newest[id].IsBefore(start, end))
            {
                contested = contested.With(start);
            }
        }

        if (!inOrder)
        {
            RefuseDuplicates();
        }

        (Starts, Contested) = (starts, contested);
    }

    private void Reset(IReadOnlyList<Statement> statements)
    {
        Statements = statements;
        newIds.Clear();
        NewSeries.Clear();
        if (ids.Length < statements.Count)
        {
            ids = new int[statements.Count];
        }

        var most = memory.Series.Count + statements.Count + 1;
        if (last.Length < most)
        {
            last = new (long, long)[most];
            followers = new int[most];
        }

        Array.Clear(last, 0, most);
    }

    // Where the periods of every series come in order, as they nearly always do, there is no need to look for duplicates.
    private void RefuseDuplicates()
    {
        seen.Clear();
        for (var index = 0; index < Statements.Count; index++)
        {
            var statement = Statements[index];
            if (!seen.Add(new PeriodKey(ids[index], statement.Period.Start.Ticks, statement.Period.End.Ticks)))
            {
                throw new ArgumentException($"Two statements speak of {statement.Series} in {statement.Period}; the later one is row {statement.Row}.");
            }
        }
    }

    // Releases tend to name the series in the same sequence: the one that followed last time is tried before the dictionary.
    private int IdOf(SeriesKey series, int previous)
    {
        var guess = followers[previous];
        if (guess > 0 && guess <= memory.Series.Count && memory.Series[guess] == series)
        {
            return guess;
        }

        if (!memory.Series.TryGetId(series, out var id) && !newIds.TryGetValue(series, out id))
        {
            NewSeries.Add(series);
            id = memory.Series.Count + NewSeries.Count;
            newIds.Add(series, id);
        }

        followers[previous] = id;
        return id;
    }

    /// <summary>From the smallest to the largest of some instants, in ticks.</summary>
    internal readonly record struct Span(long First, long Last)
    {
        public static readonly Span None = new(long.MaxValue, long.MinValue);

        public bool IsEmpty => First > Last;

        public Span With(long ticks) => new(Math.Min(First, ticks), Math.Max(Last, ticks));
    }
}
