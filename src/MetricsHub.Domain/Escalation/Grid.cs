using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>
/// The slots at which a framework's readings stand: one at the end of each period of its cadence, whenever jobs may have run.
/// Quarter hours are those of UTC, days and months those of Europe/London.
/// </summary>
public static class Grid
{
    /// <summary>The newest slot whose period has ended at an instant.</summary>
    public static Period SlotAt(Cadence grid, DateTimeOffset at)
    {
        var current = PeriodHolding(grid, at.ToUniversalTime());
        return Previous(grid, current);
    }

    public static Period Previous(Cadence grid, Period slot) => PeriodHolding(grid, slot.Start.AddTicks(-1));

    /// <summary>The slots that end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    public static IEnumerable<Period> SlotsBetween(Cadence grid, DateTimeOffset from, DateTimeOffset to)
    {
        for (var slot = PeriodHolding(grid, from.ToUniversalTime()); slot.End <= to; slot = PeriodHolding(grid, slot.End))
        {
            yield return slot;
        }
    }

    /// <summary>
    /// The period that an instant closes: the one that starts before it and ends at or after it. What is read at 09:15 is the figure of
    /// the quarter hour from 09:00.
    /// </summary>
    public static Period PeriodClosedBy(Cadence grid, DateTimeOffset instant) => PeriodHolding(grid, instant.ToUniversalTime().AddTicks(-1));

    private static Period PeriodHolding(Cadence grid, DateTimeOffset instant) => grid switch
    {
        Cadence.Month => LondonCalendar.MonthOf(instant),
        Cadence.Quarter => LondonCalendar.QuarterOf(instant),
        Cadence.Day => LondonCalendar.Day(LondonCalendar.DateOf(instant)),
        Cadence.QuarterHour => QuarterHour(instant),
        _ => throw new ArgumentOutOfRangeException(nameof(grid), grid, "Not a cadence."),
    };

    private static Period QuarterHour(DateTimeOffset instant)
    {
        var start = new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.FromMinutes(15).Ticks), TimeSpan.Zero);
        return new Period(start, start.AddMinutes(15));
    }
}
