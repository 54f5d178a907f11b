using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Sources.Pushes;

/// <summary>
/// The period of a report in FHIR: its end is part of it, and a date stands for the whole day. What is read at one moment is the figure of
/// the period that the end closes; what is counted must have been counted over just that period, or a part would pass for the whole.
/// </summary>
internal sealed record ReportedPeriod(string? Start, string? End) : PushedTime
{
    /// <summary>A report of a day may end at its last second.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    public override string Field => "period";

    public override string? Read(TableFigure figure, out Period period, out DateTimeOffset statedAt)
    {
        (period, statedAt) = (default, default);
        if (!TryParse(End, out var end))
        {
            return "the report says no end of its period that lies in the years 2000 to 2099";
        }

        if (figure.Cadence == Cadence.QuarterHour && !end.IsInstant)
        {
            return "the report's period has to end at an instant: the metric is one of quarter hours";
        }

        period = Grid.PeriodClosedBy(figure.Cadence, end.To);
        statedAt = end.IsInstant ? end.To : end.From;
        return figure.Measure == MeasureKind.Snapshot || (TryParse(Start, out var start) && start.From == period.Start && period.End - end.To <= Slack)
            ? null
            : $"a count over {period} is expected, and the report's period is another";
    }

    /// <summary>A dateTime of FHIR: a year, a month, a day, or an instant with its offset.</summary>
    private static bool TryParse(string? text, out (DateTimeOffset From, DateTimeOffset To, bool IsInstant) span)
    {
        span = default;
        if (text is null)
        {
            return false;
        }

        if (TryParseInstant(text, out var instant))
        {
            span = (instant, instant, true);
            return true;
        }

        if (!DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || first.Year is < FirstYear or > LastYear)
        {
            return false;
        }

        var next = text.Length switch { 4 => first.AddYears(1), 7 => first.AddMonths(1), _ => first.AddDays(1) };
        span = (LondonCalendar.StartOf(first), LondonCalendar.StartOf(next), false);
        return true;
    }
}
