using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.Influx;

/// <summary>Which points of which series are read.</summary>
/// <param name="Series">Null for all there are.</param>
/// <param name="From">Periods that start at or after it.</param>
/// <param name="To">Periods that start before it.</param>
internal sealed record SeriesFilter(IReadOnlyList<SeriesKey>? Series, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>With more names than this InfluxDB takes longer to look them up than to read what they would leave out.</summary>
    private const int MostNames = 100;

    /// <summary>
    /// As conditions. They let through more than is wanted, for they name metrics and organisations apart from each other: whoever reads drops the
    /// rest.
    /// </summary>
    public string Where(InfluxQuery query)
    {
        var conditions = new List<string>();
        if (Series is not null)
        {
            Add("metric", [.. Series.Select(series => series.Metric.ToString()).Distinct()]);
            Add("organisation", [.. Series.Select(series => series.Organisation.ToString()).Distinct()]);
        }

        // Both ends are always said: without them a step would begin in 1677, and end at what InfluxDB takes for now.
        conditions.Add($"time >= {query.BindTime(From is { } from ? StoreTime.RoundUp(from) : InfluxTime.First)}");
        conditions.Add($"time < {query.BindTime(To is { } to ? StoreTime.RoundUp(to) : InfluxTime.Last)}");
        return string.Join(" AND ", conditions);

        void Add(string tag, List<string> names)
        {
            if (names.Count <= MostNames)
            {
                conditions.Add(query.AnyOf(tag, names));
            }
        }
    }
}
