using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Tables;

/// <summary>Which period a figure speaks of that is stated for an instant.</summary>
internal static class TablePeriods
{
    private static readonly long QuarterHour = TimeSpan.FromMinutes(15).Ticks;

    /// <summary>The quarter hour that the instant closes (start exclusive, end inclusive); the day, month or quarter that holds its date.</summary>
    public static Period Of(Cadence cadence, DateTimeOffset instant) => cadence switch
    {
        Cadence.QuarterHour => ClosedBy(instant),
        Cadence.Day => LondonCalendar.Day(LondonCalendar.DateOf(instant)),
        Cadence.Month => LondonCalendar.MonthOf(instant),
        Cadence.Quarter => LondonCalendar.QuarterOf(instant),
        _ => throw new ArgumentOutOfRangeException(nameof(cadence), cadence, "Not a cadence."),
    };

    private static Period ClosedBy(DateTimeOffset instant)
    {
        var end = new DateTimeOffset((instant.UtcTicks + QuarterHour - 1) / QuarterHour * QuarterHour, TimeSpan.Zero);
        return new Period(end.AddTicks(-QuarterHour), end);
    }
}
