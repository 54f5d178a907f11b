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
}
