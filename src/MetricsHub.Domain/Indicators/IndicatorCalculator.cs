using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>Computes indicators from statements: pure arithmetic over an organisation tree as it stood on the period's last day.</summary>
public sealed class IndicatorCalculator(OrganisationTree tree, IReadOnlyDictionary<MetricKey, Metric> metrics)
{
    /// <summary>
    /// The indicator for an organisation and a period. The sums run over the organisation itself and everything below it on the
    /// period's last day, as far as the metrics are reported by organisations of their kind.
    /// </summary>
    /// <param name="missing">What an indicator without a single contributor is: late, or not due yet.</param>
    public IndicatorReading Read(
        Indicator indicator, OrganisationCode organisation, Period period, StatementSet statements, AbsenceCode missing)
    {
        var walk = PlanFor(indicator, organisation, LondonCalendar.LastDayOf(period)).Walk(statements.ColumnOf, TimeSpan.Zero);
        walk.MoveTo(period);
        return walk.Explain(statements, missing);
    }

    /// <summary>The indicator made ready for an organisation and the tree as it stands on a day.</summary>
    public IndicatorPlan PlanFor(Indicator indicator, OrganisationCode organisation, DateOnly date)
    {
        var reporters = indicator.Formulas
            .SelectMany(formula => formula.Metrics)
            .SelectMany(metric => metrics[metric].ReportedBy)
            .ToHashSet();
        var self = tree.Find(organisation) is { } known && reporters.Contains(known.Kind) ? [organisation] : Array.Empty<OrganisationCode>();
        var below = tree.DescendantsOf(organisation, date)
            .Where(candidate => reporters.Contains(candidate.Kind))
            .Select(candidate => candidate.Code);
        return new IndicatorPlan(indicator, organisation, [.. self, .. below]);
    }

    /// <summary>The dates from which an organisation's plans are others, because somebody below it comes, goes or moves; in order.</summary>
    public IReadOnlyList<DateOnly> DatesOfChange(OrganisationCode organisation) => tree.DatesOfChange(organisation);
}
