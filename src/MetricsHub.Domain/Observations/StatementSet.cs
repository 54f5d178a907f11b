using System.Collections.Frozen;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Observations;

/// <summary>The statements that a calculation stands on: at most one per series and period, each series in order of period.</summary>
public sealed class StatementSet
{
    private readonly FrozenDictionary<SeriesKey, RecordedStatement[]> bySeries;
    private readonly FrozenDictionary<SeriesKey, SeriesColumn> columns;

    /// <exception cref="ArgumentException">Two statements speak of one series and period.</exception>
    public StatementSet(IEnumerable<RecordedStatement> statements)
        : this(BySeries(statements))
    {
    }

    /// <param name="statements">Each under its series.</param>
    /// <exception cref="ArgumentException">Two statements speak of one series and period.</exception>
    public StatementSet(IReadOnlyDictionary<SeriesKey, List<RecordedStatement>> statements)
    {
        bySeries = statements.Where(series => series.Value.Count > 0).ToFrozenDictionary(series => series.Key, series => InOrder(series.Value));

        foreach (var series in bySeries.Values)
        {
            for (var i = 1; i < series.Length; i++)
            {
                if (series[i].Period == series[i - 1].Period)
                {
                    throw new ArgumentException($"Two statements speak of {series[i].Series} in {series[i].Period}.");
                }
            }
        }

        Organisations = bySeries.Keys.Select(series => series.Organisation).ToFrozenSet();
        columns = bySeries.ToFrozenDictionary(series => series.Key, series => SeriesColumn.Of(series.Value));
    }

    /// <summary>Those of whom anything is stated.</summary>
    public IReadOnlySet<OrganisationCode> Organisations { get; }

    /// <summary>A series as arrays; an empty one where nothing is stated.</summary>
    public SeriesColumn ColumnOf(SeriesKey series) => columns.GetValueOrDefault(series, SeriesColumn.Empty);

    /// <summary>The statement whose period ends at an instant: of two the one with the shorter period, as in the column.</summary>
    public RecordedStatement? EndingAt(SeriesKey series, DateTimeOffset end)
    {
        var known = bySeries.GetValueOrDefault(series, []);
        var (low, high) = (0, known.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = known[middle].Period.End <= end ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && known[low - 1].Period.End == end ? known[low - 1] : null;
    }

    /// <summary>The same with other statements in the place of those of their series and period, or beside them.</summary>
    public StatementSet With(IReadOnlyCollection<RecordedStatement> others)
    {
        var replaced = others.Select(statement => (statement.Series, statement.Period)).ToHashSet();
        return new StatementSet(bySeries.Values.SelectMany(series => series).Where(statement => !replaced.Contains((statement.Series, statement.Period))).Concat(others));
    }

    public RecordedStatement? Find(SeriesKey series, Period period)
    {
        var known = bySeries.GetValueOrDefault(series, []);
        var index = Array.BinarySearch(known, period, PeriodOrder.Instance);
        return index >= 0 ? known[index] : null;
    }

    /// <summary>The newest statement with a number whose period ends at or before an instant.</summary>
    public RecordedStatement? LastNumber(SeriesKey series, DateTimeOffset until) =>
        bySeries.GetValueOrDefault(series, []).LastOrDefault(statement => statement.Period.End <= until && !statement.Figure.IsAbsent);

    /// <summary>The end of the newest period of any series; null in an empty set.</summary>
    public DateTimeOffset? LastPeriodEnd =>
        bySeries.Count == 0 ? null : bySeries.Values.Max(series => series[^1].Period.End);

    /// <summary>The start of the oldest period of any series; null in an empty set.</summary>
    public DateTimeOffset? FirstPeriodStart =>
        bySeries.Count == 0 ? null : bySeries.Values.Min(series => series[0].Period.Start);

    /// <summary>Statements by their series, each in the order in which it came.</summary>
    public static Dictionary<SeriesKey, List<RecordedStatement>> BySeries(IEnumerable<RecordedStatement> statements)
    {
        // A store gives one series after the other: most statements are of the series of the one before.
        var bySeries = new Dictionary<SeriesKey, List<RecordedStatement>>();
        var (last, known) = (default(SeriesKey), (List<RecordedStatement>?)null);
        foreach (var statement in statements)
        {
            if (known is null || statement.Series != last)
            {
                last = statement.Series;
                if (!bySeries.TryGetValue(last, out known))
                {
                    bySeries.Add(last, known = []);
                }
            }

            known.Add(statement);
        }

        return bySeries;
    }

    private static RecordedStatement[] InOrder(List<RecordedStatement> statements)
    {
        for (var i = 1; i < statements.Count; i++)
        {
            if (statements[i].Period < statements[i - 1].Period)
            {
                return [.. statements.OrderBy(statement => statement.Period)];
            }
        }

        return [.. statements];
    }

    private sealed class PeriodOrder : System.Collections.IComparer
    {
        public static readonly PeriodOrder Instance = new();

        public int Compare(object? x, object? y) => PeriodOf(x).CompareTo(PeriodOf(y));

        private static Period PeriodOf(object? value) => value is RecordedStatement statement ? statement.Period : (Period)value!;
    }
}
