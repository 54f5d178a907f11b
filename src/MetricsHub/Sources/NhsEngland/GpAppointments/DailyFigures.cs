using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>
/// States the figures of every location and day that the publication covers. Cells of zero, and days of zero, are not in it. On a day
/// with rows a figure without any is a zero. A day without rows is a zero only where that can be told from a return that failed: on a
/// Saturday or a Sunday, in a month in which the location has rows, with rows of it within three days before and three days after. On
/// any other covered day without rows the figures are late, bank holidays too: extended access may have been open on them.
/// Of a month in which a location has no row at all, nothing is stated.
/// </summary>
internal static class DailyFigures
{
    // Over Easter a Saturday and a Sunday stand between two bank holidays: from Thursday to Tuesday.
    private const int Near = 3;

    public static void State(DailyTables tables, SummedReading reading)
    {
        var stated = tables.Days.Values.SelectMany(days => days.Keys).ToArray();
        if (stated.Length == 0)
        {
            return;
        }

        foreach (var (location, days) in tables.Days.OrderBy(pair => pair.Key))
        {
            foreach (var date in CoveredDays(days, stated.Min(), stated.Max()))
            {
                reading.Owe(DayCounts.Figures.Count);
                if (days.TryGetValue(date, out var counts))
                {
                    State(location, date, counts, reading);
                }
                else
                {
                    StateEmpty(location, date, days, reading);
                }
            }
        }
    }

    private static IEnumerable<DateOnly> CoveredDays(SortedDictionary<DateOnly, DayCounts> days, DateOnly first, DateOnly last)
    {
        foreach (var month in days.Keys.Select(date => date.AddDays(1 - date.Day)).Distinct())
        {
            for (var date = month; date < month.AddMonths(1); date = date.AddDays(1))
            {
                if (date >= first && date <= last)
                {
                    yield return date;
                }
            }
        }
    }

    private static void State(OrganisationCode location, DateOnly date, DayCounts counts, SummedReading reading)
    {
        for (var figure = 0; figure < DayCounts.Figures.Count; figure++)
        {
            var (metric, field) = DayCounts.Figures[figure];
            var cell = counts.Sum(figure, out var problem) is { } sum
                ? new ReportedCell(metric, field, "", Figure.Of(sum), null)
                : new ReportedCell(metric, field, problem.Text, null, $"{metric} of {location} on {date:yyyy-MM-dd}: {problem.Reason}");
            reading.State(cell, location, LondonCalendar.Day(date), counts.Row);
        }
    }

    private static void StateEmpty(OrganisationCode location, DateOnly date, SortedDictionary<DateOnly, DayCounts> days, SummedReading reading)
    {
        var isZero = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            && Enumerable.Range(1, Near).Any(distance => days.ContainsKey(date.AddDays(-distance)))
            && Enumerable.Range(1, Near).Any(distance => days.ContainsKey(date.AddDays(distance)));
        var nearest = days.MinBy(pair => Math.Abs(pair.Key.DayNumber - date.DayNumber)).Value;
        foreach (var (metric, _) in DayCounts.Figures)
        {
            reading.State(metric, location, LondonCalendar.Day(date), isZero ? Figure.Of(0) : Figure.Absent(AbsenceCode.Late), nearest.Row);
        }
    }
}
