using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// Rolls scores up to an organisation from the readings of those below it, step by step. It stands beside the organisation's own reading,
/// which sums figures instead of scores, and never goes into it.
/// </summary>
internal sealed class RollUpReader(HubCatalogue catalogue, IObservationStore store, TimeProvider clock)
{
    private readonly EscalationCalculator calculator =
        new(catalogue.Indicators, new IndicatorCalculator(catalogue.Organisations, catalogue.Metrics, catalogue.SharedServices, catalogue.Expectations));

    /// <summary>
    /// The roll-up of every framework that is in force for the organisation and rolls up, at the newest slot that has ended at an instant;
    /// those by whose weights nobody below it counts are left out.
    /// </summary>
    /// <param name="framework">Only the framework with this key; null for all.</param>
    /// <param name="at">The instant; null for the instant of knowing: <paramref name="asOf"/>, else now.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async Task<IReadOnlyList<RollUpReading>> ReadAsync(
        Organisation organisation, string? framework, DateTimeOffset? at, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var instant = at ?? asOf ?? clock.GetUtcNow();
        var readings = new List<RollUpReading>();
        foreach (var version in catalogue.Frameworks.Where(version => version.RollUp is not null && (framework is null || version.Key == framework)))
        {
            var slot = Grid.SlotAt(version.Grid, instant);
            var date = LondonCalendar.LastDayOf(slot);
            var weights = WeightsOf(version.RollUp!);
            if (version.IsInForce(organisation.Code, date, catalogue.Organisations)
                && weights.Exists(weight => weight.Parent == organisation.Code && weight.Valid.Contains(date)))
            {
                readings.Add(await ReadAsync(version, organisation, slot, weights, asOf, cancellationToken));
            }
        }

        return readings;
    }

    private async Task<RollUpReading> ReadAsync(
        Framework framework, Organisation organisation, Period slot, List<RollUpWeight> weights, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var date = LondonCalendar.LastDayOf(slot);
        var organisations = new HashSet<OrganisationCode>(catalogue.Organisations.EverBelow(organisation.Code)) { organisation.Code };
        var statements = new StatementSet(await store.ReadAsync(
            new StatementQuery(new SeriesSelection(catalogue.MetricsOf(framework), organisations), To: slot.End, AsOf: asOf), cancellationToken));
        var scorer = calculator.ScorerOf(framework);
        var reasons = new Dictionary<OrganisationCode, string>();
        var step = new RollUp(scorer.Scale, weights, framework.RollUp!.MinimumCoveragePercent).Of(organisation.Code, date, Outcome);
        var unweighed = RolledUp(step)
            .SelectMany(above => Unweighed(framework.RollUp, above.Organisation, date, weights).Select(code => (Above: above.Organisation, Code: code)))
            .ToLookup(pair => pair.Above, pair => pair.Code);
        return new RollUpReading(framework, slot, step, reasons, unweighed);

        SlotOutcome? Outcome(OrganisationCode code)
        {
            if (WhyNotJudged(framework, catalogue.Organisations.Find(code)!, date) is { } why)
            {
                reasons.Add(code, why);
                return null;
            }

            var outcome = calculator.PlanFor(scorer, code, date).Walk(statements.ColumnOf).MoveTo(slot);
            if (!outcome.IsCalculated)
            {
                reasons.Add(code, new EscalationReading(framework, code, slot, outcome, null, [], [], [], [], []).NotCalculatedBecause!);
            }

            return outcome;
        }
    }

    private string? WhyNotJudged(Framework framework, Organisation organisation, DateOnly date) =>
        !organisation.Valid.Contains(date) ? $"{organisation.Name} was not open on {date:yyyy-MM-dd}."
        : framework.Judges(organisation, date, catalogue.Organisations) ? null
        : $"Version {framework.Version} of {framework.Key} does not judge it on {date:yyyy-MM-dd}; scores under two versions are never averaged.";

    /// <summary>Those whose children are narrower than what the framework's readings begin with do not count: there its own readings stand.</summary>
    private List<RollUpWeight> WeightsOf(RollUpPolicy policy) =>
        [.. catalogue.RollUpWeights.Where(weight => catalogue.Organisations.Find(weight.Child)!.Kind <= policy.From)];

    /// <summary>Who stands directly below an organisation, could have a reading to begin with, and has no weight.</summary>
    private IEnumerable<OrganisationCode> Unweighed(RollUpPolicy policy, OrganisationCode organisation, DateOnly date, List<RollUpWeight> weights) =>
        catalogue.Organisations.ChildrenOf(organisation, date)
            .Where(child => child.Kind == policy.From)
            .Select(child => child.Code)
            .Where(child => !weights.Exists(weight => weight.Parent == organisation && weight.Child == child && weight.Valid.Contains(date)));

    private static IEnumerable<RollUpStep> RolledUp(RollUpStep step) =>
        step.Parts.Count == 0 ? [] : step.Parts.SelectMany(part => RolledUp(part.Step)).Prepend(step);
}

/// <summary>A framework's roll-up to one organisation.</summary>
/// <param name="Reasons">Why those that it begins with have no score; nothing of those that have one.</param>
/// <param name="Unweighed">Those directly below an organisation that is rolled up to who have no weight.</param>
internal sealed record RollUpReading(
    Framework Framework,
    Period Slot,
    RollUpStep Step,
    IReadOnlyDictionary<OrganisationCode, string> Reasons,
    ILookup<OrganisationCode, OrganisationCode> Unweighed);
