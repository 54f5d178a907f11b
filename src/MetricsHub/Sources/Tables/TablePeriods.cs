using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Tables;

/// <summary>Which period a figure speaks of that is stated for an instant.</summary>
internal static class TablePeriods
{
    /// <summary>The quarter hour that the instant closes (start exclusive, end inclusive); the day, month or quarter that holds its date.</summary>
    public static Period Of(Cadence cadence, DateTimeOffset instant) =>
        cadence == Cadence.QuarterHour ? Grid.PeriodClosedBy(cadence, instant) : cadence.PeriodHolding(instant);
}
