using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Metrics;

/// <summary>The periods of a cadence: quarters of an hour are those of UTC, days, months and quarters those of Europe/London.</summary>
public static class CadencePeriods
{
    /// <summary>The period that holds an instant.</summary>
    public static Period PeriodHolding(this Cadence cadence, DateTimeOffset instant) => cadence switch
    {
        Cadence.Month => LondonCalendar.MonthOf(instant),
        Cadence.Quarter => LondonCalendar.QuarterOf(instant),
        Cadence.Day => LondonCalendar.Day(LondonCalendar.DateOf(instant)),
        Cadence.QuarterHour => QuarterHour(instant.ToUniversalTime()),
        _ => throw new ArgumentOutOfRangeException(nameof(cadence), cadence, "Not a cadence."),
    };

    /// <summary>The periods that start at or after <paramref name="from"/> and before <paramref name="to"/>, oldest first.</summary>
    public static IEnumerable<Period> PeriodsBetween(this Cadence cadence, DateTimeOffset from, DateTimeOffset to)
    {
        var period = cadence.PeriodHolding(from);
        for (period = period.Start < from ? cadence.PeriodHolding(period.End) : period; period.Start < to; period = cadence.PeriodHolding(period.End))
        {
            yield return period;
        }
    }

    private static Period QuarterHour(DateTimeOffset instant)
    {
        var start = new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);
        return new Period(start, start.AddMinutes(15));
    }
}
