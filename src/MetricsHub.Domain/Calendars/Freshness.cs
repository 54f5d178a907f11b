using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>Until when a figure may be shown as current: the one place that says so.</summary>
public static class Freshness
{
    /// <summary>How many quarters of an hour a live figure may miss and still be current: one and a half after its own.</summary>
    private const double Intervals = 2.5;

    /// <summary>
    /// The first instant at which the figure of a period is stale: when the figure of the next expected period is due, and of quarters of
    /// an hour two and a half of them after that period's start if this is later. Where no later period is ever expected, the figure
    /// grows stale as if one were: the last figure of a closed service is not its state today.
    /// </summary>
    public static DateTimeOffset StaleAt(Expectation expectation, Period period)
    {
        var next = expectation.FirstFrom(period.End) ?? expectation.Cadence.PeriodHolding(period.End);
        var due = expectation.DueAt(next);
        var missed = next.Start + (Intervals * next.Length);
        return expectation.Cadence == Cadence.QuarterHour && missed > due ? missed : due;
    }
}
