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
        var current = grid.PeriodHolding(at);
        return Previous(grid, current);
    }

    public static Period Previous(Cadence grid, Period slot) => grid.PeriodHolding(slot.Start.AddTicks(-1));

    /// <summary>The slots that end after <paramref name="from"/> and at or before <paramref name="to"/>, oldest first.</summary>
    public static IEnumerable<Period> SlotsBetween(Cadence grid, DateTimeOffset from, DateTimeOffset to)
    {
        for (var slot = grid.PeriodHolding(from); slot.End <= to; slot = grid.PeriodHolding(slot.End))
        {
            yield return slot;
        }
    }

    /// <summary>
    /// The period that an instant closes: the one that starts before it and ends at or after it. What is read at 09:15 is the figure of
    /// the quarter hour from 09:00.
    /// </summary>
    public static Period PeriodClosedBy(Cadence grid, DateTimeOffset instant) => grid.PeriodHolding(instant.ToUniversalTime().AddTicks(-1));
}
