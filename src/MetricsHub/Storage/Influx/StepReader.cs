using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>Gathers numbers into steps.</summary>
internal sealed class StepReader(InfluxClient client, StatementSource source)
{
    public async Task<List<StepAggregate>> ReadAsync(StoreSight sight, AggregateQuery query, CancellationToken cancellationToken)
    {
        _ = client;
        var found = new List<StepAggregate>();
        foreach (var some in sight.Series.Chunk(400))
        {
            var filter = new SeriesFilter(sight.IsAll && some.Length == sight.Series.Count ? null : some, query.From, query.To);
            var rows = await source.ReadAsync(filter, sight.Version, limit: null, cancellationToken);
            found.AddRange(Gather(rows, query.Step));
        }

        return found;
    }

    private static IEnumerable<StepAggregate> Gather(IEnumerable<StatementRow> rows, Step step) => rows
        .GroupBy(row => (row.Series, Start: StartOf(step, row.Period.Start)))
        .OrderBy(group => group.Key.Series, Comparer<SeriesKey>.Create(SeriesIndex.Compare))
        .ThenBy(group => group.Key.Start)
        .Select(group => Gather(group.Key.Series, group.Key.Start, [.. group]));

    private static StepAggregate Gather(SeriesKey series, DateTimeOffset start, List<StatementRow> rows)
    {
        var numbers = rows.Where(row => !row.Figure.IsAbsent)
            .OrderBy(row => row.Period.Start).ThenBy(row => row.Period.End)
            .Select(row => row.Figure.TryGetNumber(out var number) ? number : double.NaN).ToList();
        return numbers.Count == 0
            ? new StepAggregate(series, start, 0, rows.Count, 0, 0, 0, 0)
            : new StepAggregate(series, start, numbers.Count, rows.Count - numbers.Count, numbers.Sum(), numbers.Min(), numbers.Max(), numbers[^1]);
    }

    private static DateTimeOffset StartOf(Step step, DateTimeOffset instant) => step switch
    {
        Step.Hour => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerHour)),
        Step.Day => LondonCalendar.StartOf(LondonCalendar.DateOf(instant)),
        _ => LondonCalendar.MonthOf(instant).Start,
    };
}
