using System.Text.Json;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Gathers numbers into steps. InfluxDB does it where what is current now is the answer; what was known in the past, and steps in which
/// periods of two lengths have numbers, are gathered here from their statements.
/// </summary>
internal sealed class StepReader(InfluxClient client, StatementSource source, Stillness stillness)
{
    public async Task<List<StepAggregate>> ReadAsync(StoreSight sight, AggregateQuery query, CancellationToken cancellationToken)
    {
        if (sight.Series.Count == 0 || query.From >= query.To)
        {
            return [];
        }

        var filter = new SeriesFilter(sight.IsAll ? null : sight.Series, query.From, query.To);
        var gathered = await ReadPartsAsync(sight, filter, query.Step, cancellationToken);
        var parts = gathered is not null && await stillness.SinceAsync(sight, cancellationToken) != Still.Breaks
            ? gathered
            : (await source.ReadAsync(filter, sight, limit: null, cancellationToken)).ConvertAll(StepPart.Of);
        return
        [
            .. parts.GroupBy(part => (part.Series, Start: StartOf(query.Step, part.Start)))
                .Select(group => StepPart.Join(group.Key.Series, group.Key.Start, [.. group]))
                .OrderBy(step => step.Series, Comparer<SeriesKey>.Create(SeriesIndex.Compare))
                .ThenBy(step => step.StepStart),
        ];
    }

    /// <returns>Null where InfluxDB cannot tell.</returns>
    private async Task<List<StepPart>?> ReadPartsAsync(StoreSight sight, SeriesFilter filter, Step step, CancellationToken cancellationToken)
    {
        var query = new InfluxQuery();
        var where = filter.Where(query);
        var width = step == Step.Hour ? "time(1h)" : "time(1d)";

        // In this order: whatever becomes current after one of the first two was answered, in time or too late, shows in one of the others.
        query
            .Add(
                $"""
                SELECT count(value), sum(value), min(value), max(value), last(value) FROM "{StatementRow.Current}"
                WHERE absence = 0 AND {where} GROUP BY {width}, * fill(none) tz('Europe/London')
                """)
            .Add($"SELECT count(absence) FROM \"{StatementRow.Current}\" WHERE absence > 0 AND {where} GROUP BY {width}, * fill(none) tz('Europe/London')")
            .Add($"SELECT count(since) FROM \"{StatementRow.Current}\" WHERE {Overtaken(query, sight)} AND {where}")
            .Add($"SELECT max(since) FROM \"{StatementRow.Current}\" WHERE {where}");
        var wanted = filter.Series?.ToHashSet();
        var parts = new List<StepPart>();
        var numbered = new HashSet<(SeriesKey, DateTimeOffset)>();
        await foreach (var table in client.QueryAsync(query, cancellationToken))
        {
            if (table.Statement == 2)
            {
                return null;
            }

            if (table.Statement == 3)
            {
                return table.Rows[0][1].GetDouble() <= sight.Version ? parts : null;
            }

            var series = StatementRow.SeriesOf(table);
            if (wanted?.Contains(series) == false)
            {
                continue;
            }

            parts.AddRange(table.Rows.EnumerateArray().Select(row => PartOf(table.Statement, series, row)));

            // Each length is a series of its own to InfluxDB: of two with numbers in one step it does not say which one is the last.
            if (table.Statement == 0 && !table.Rows.EnumerateArray().All(row => numbered.Add((series, InfluxTime.FromNanoseconds(row[0].GetInt64())))))
            {
                return null;
            }
        }

        return parts;
    }

    /// <summary>A condition that is true of what may have been written too late.</summary>
    private static string Overtaken(InfluxQuery query, StoreSight sight) =>
        $"({string.Join(" OR ", sight.Overtaken.DefaultIfEmpty(-1).Select(since => $"since = {query.Bind(since)}"))})";

    private static StepPart PartOf(int statement, SeriesKey series, JsonElement row)
    {
        var start = InfluxTime.FromNanoseconds(row[0].GetInt64());
        return statement == 0
            ? new StepPart(series, start, row[1].GetInt32(), 0, row[2].GetDouble(), row[3].GetDouble(), row[4].GetDouble(), row[5].GetDouble())
            : new StepPart(series, start, 0, row[1].GetInt32(), 0, 0, 0, 0);
    }

    private static DateTimeOffset StartOf(Step step, DateTimeOffset instant) => step switch
    {
        Step.Hour => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerHour)),
        Step.Day => LondonCalendar.StartOf(LondonCalendar.DateOf(instant)),
        _ => LondonCalendar.MonthOf(instant).Start,
    };
}
