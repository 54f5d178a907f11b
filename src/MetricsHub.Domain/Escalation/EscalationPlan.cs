using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Escalation;

/// <summary>
/// A framework made ready for one organisation and one state of the organisation tree: the series that its parameters are made of, and
/// the arithmetic. Made once, walked over as many slots as the tree stands still for.
/// </summary>
/// <param name="Inputs">One for each parameter, in their order.</param>
public sealed record EscalationPlan(Scorer Scorer, OrganisationCode Organisation, IReadOnlyList<IndicatorPlan> Inputs)
{
    /// <summary>Every series that goes into it, each once.</summary>
    public IEnumerable<SeriesKey> Series => Inputs.SelectMany(input => input.Series).Distinct();

    public EscalationWalk Walk(Func<SeriesKey, SeriesColumn> series) => new(this, series);
}
