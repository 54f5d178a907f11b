using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>What appending a release will write and change, worked out before anything is written.</summary>
/// <param name="History">What the release states, for the history.</param>
/// <param name="Changes">What becomes current by it.</param>
internal sealed record AppendPlan(IReadOnlyList<StatementRow> History, IReadOnlyList<StatementRow> Changes)
{
    /// <exception cref="ArgumentException">Two statements speak of one series and period, or a period cannot be stored as it is.</exception>
    public static void Check(IReadOnlyList<Statement> statements)
    {
        var seen = new HashSet<(SeriesKey, Period)>(statements.Count);
        foreach (var statement in statements)
        {
            var (start, end) = (statement.Period.Start, statement.Period.End);
            if (!StoreTime.IsStorable(start) || !StoreTime.IsStorable(end))
            {
                throw new ArgumentException($"Row {statement.Row}: a period is kept to the microsecond, not {start:O} to {end:O}.");
            }

            if (start < InfluxTime.First || end > InfluxTime.Last)
            {
                throw new ArgumentException($"Row {statement.Row}: InfluxDB keeps periods between {InfluxTime.First:u} and {InfluxTime.Last:u}, not {start:O} to {end:O}.");
            }

            if (!seen.Add((statement.Series, statement.Period)))
            {
                throw new ArgumentException($"Two statements speak of {statement.Series} in {statement.Period}; the later one is row {statement.Row}.");
            }
        }
    }

    /// <param name="open">Which periods other releases of the source speak of that were begun and not closed.</param>
    /// <param name="before">What history holds about the same series and periods.</param>
    /// <param name="closed">The closed ones of the releases that state it.</param>
    public static AppendPlan Make(
        InfluxRelease release, IReadOnlyList<StartSpan> open, IEnumerable<Statement> statements, ILookup<(SeriesKey Series, Period Period), StatementRow> before, Dictionary<long, InfluxRelease> closed)
    {
        closed[release.RecordedAt] = release;
        var source = release.Source.ToString();
        var history = new List<StatementRow>();
        var changes = new List<StatementRow>();
        foreach (var statement in statements)
        {
            var earlier = before[(statement.Series, statement.Period)].ToList();

            // Also of what was never closed: a place that was taken once is never taken again. And each release that was begun before may
            // still take one, at the latest when the process wakes that began it.
            var place = earlier.Where(row => row.Source == source).Select(row => row.Place).DefaultIfEmpty(-1).Max() + 1
                + open.Count(span => span.Contains(statement.Period.Start));
            var row = new StatementRow(statement.Series, statement.Period, statement.Figure, statement.Row, release.RecordedAt, source, 0, place);
            history.Add(row);

            var known = earlier.Where(other => closed.ContainsKey(other.Release)).ToList();
            var current = StatementSource.Current([.. known, row], closed);
            if (known.Count == 0 || StatementSource.Current(known, closed).Release != current.Release)
            {
                changes.Add(current);
            }
        }

        return new AppendPlan(history, changes);
    }
}
