using System.Collections.Frozen;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Observations;

/// <summary>The statements that a calculation stands on: at most one per series and period, each series in order of period.</summary>
public sealed class StatementSet
{
    private readonly FrozenDictionary<SeriesKey, RecordedStatement[]> bySeries;

    /// <exception cref="ArgumentException">Two statements speak of one series and period.</exception>
    public StatementSet(IEnumerable<RecordedStatement> statements)
    {
        bySeries = statements
            .GroupBy(statement => statement.Series)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(statement => statement.Period).ToArray());

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

    /// <summary>The periods with a number that end after one instant and at or before another, oldest first.</summary>
    public IEnumerable<Period> PeriodsWithNumber(SeriesKey series, DateTimeOffset after, DateTimeOffset until) =>
        bySeries.GetValueOrDefault(series, [])
            .Where(statement => statement.Period.End > after && statement.Period.End <= until && !statement.Figure.IsAbsent)
            .Select(statement => statement.Period);

    /// <summary>The end of the newest period of any series; null in an empty set.</summary>
    public DateTimeOffset? LastPeriodEnd =>
        bySeries.Count == 0 ? null : bySeries.Values.Max(series => series[^1].Period.End);

    /// <summary>The start of the oldest period of any series; null in an empty set.</summary>
    public DateTimeOffset? FirstPeriodStart =>
        bySeries.Count == 0 ? null : bySeries.Values.Min(series => series[0].Period.Start);

    private sealed class PeriodOrder : System.Collections.IComparer
    {
        public static readonly PeriodOrder Instance = new();

        public int Compare(object? x, object? y) => PeriodOf(x).CompareTo(PeriodOf(y));

        private static Period PeriodOf(object? value) => value is RecordedStatement statement ? statement.Period : (Period)value!;
    }
}
