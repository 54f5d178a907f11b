using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>Computes indicators from statements: pure arithmetic over an organisation tree as it stood on the period's last day.</summary>
/// <param name="shared">Who serves which systems: a figure that is shared is in no sum.</param>
/// <param name="expectations">Who is open when: whoever is closed and says nothing is not missed.</param>
public sealed class IndicatorCalculator(
    OrganisationTree tree, IReadOnlyDictionary<MetricKey, Metric> metrics, SharedServices? shared = null, Expectations? expectations = null)
{
    /// <summary>
    /// The indicator for an organisation and a period. The sums run over the organisation itself and everything below it on the
    /// period's last day, as far as the metrics are reported by organisations of their kind.
    /// </summary>
    /// <param name="missing">
    /// What an indicator without a single contributor is: not due, late, or its source down. Where nothing lacks but figures that were
    /// refused, it is rejected instead.
    /// </param>
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
        var inputs = indicator.Formulas.SelectMany(formula => formula.Metrics).Select(metric => metrics[metric]).ToList();
        var reporters = inputs.SelectMany(metric => metric.ReportedBy).ToHashSet();
        var self = tree.Find(organisation) is { } known && reporters.Contains(known.Kind) ? [organisation] : Array.Empty<OrganisationCode>();
        var below = tree.DescendantsOf(organisation, date)
            .Where(candidate => reporters.Contains(candidate.Kind))
            .Select(candidate => candidate.Code)
            .Where(code => !IsShared(code, inputs, date));
        return new IndicatorPlan(indicator, organisation, [.. self, .. below], ClosingOf(indicator));
    }

    /// <summary>
    /// The dates from which an organisation's plans are others, because somebody below it comes, goes or moves, or serves other systems;
    /// in order.
    /// </summary>
    public IReadOnlyList<DateOnly> DatesOfChange(OrganisationCode organisation) =>
    [
        .. tree.DatesOfChange(organisation).Union(shared?.DatesOfChange(tree.EverBelow(organisation)) ?? []).Order(),
    ];

    /// <summary>Whether somebody's service is closed in a period; null where nobody's hours are known, and nobody has to be asked.</summary>
    private Func<OrganisationCode, Period, bool>? ClosingOf(Indicator indicator)
    {
        var inputs = indicator.Formulas[0].Metrics.Select(metric => metrics[metric]).ToArray();
        return expectations is not null && inputs.Any(expectations.KnowsHours)
            ? (organisation, period) => inputs.Any(metric => expectations.IsClosed(metric, organisation, period))
            : null;
    }

    /// <summary>
    /// Whether an organisation serves systems with what an input tells of: its figure is that of all of them together, and would be
    /// summed whole into the one that happens to be its parent.
    /// </summary>
    private bool IsShared(OrganisationCode code, List<Metric> inputs, DateOnly date) =>
        shared?.ServedOn(code, date).Any(relation => inputs.Exists(metric => metric.ServiceDomain == relation.ServiceDomain)) == true;
}
