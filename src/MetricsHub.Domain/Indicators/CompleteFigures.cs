using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Indicators;

/// <summary>
/// Where an organisation has stated everything that an indicator needs of it. From such a period on nothing that it stated before goes into
/// the indicator: neither into a sum nor into its coverage. So it is enough to read back to there, and what changed before changes nothing after.
/// </summary>
public static class CompleteFigures
{
    /// <summary>
    /// The end of the newest period, at or before an instant, for which all metrics of one of the indicator's formulas have a number; null
    /// where there is none among these figures.
    /// </summary>
    public static DateTimeOffset? LastEnd(
        Indicator indicator, OrganisationCode organisation, DateTimeOffset until, Func<SeriesKey, SeriesColumn> series)
    {
        var last = long.MinValue;
        foreach (var formula in indicator.Formulas)
        {
            SeriesColumn[] columns = [.. formula.Metrics.Select(metric => series(new SeriesKey(metric, organisation)))];
            last = Math.Max(last, LastEnd(columns, until.UtcTicks));
        }

        return last == long.MinValue ? null : new DateTimeOffset(last, TimeSpan.Zero);
    }

    private static long LastEnd(SeriesColumn[] columns, long until)
    {
        var first = columns[0];
        for (var at = first.LastAtOrBefore(until); at >= 0; at--)
        {
            if (columns.All(column => HasNumber(column, first.Ends[at])))
            {
                return first.Ends[at];
            }
        }

        return long.MinValue;
    }

    private static bool HasNumber(SeriesColumn column, long end)
    {
        var at = column.LastAtOrBefore(end);
        return at >= 0 && column.Ends[at] == end && !double.IsNaN(column.Numbers[at]);
    }
}
