using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>
/// Derives a level anew from what is recorded, by any rules: today's, those that were in force once, or those of another framework.
/// Nothing that was stored of levels goes in.
/// </summary>
internal sealed class DerivationReader(HubCatalogue catalogue, IObservationStore store)
{
    /// <summary>Every statement that the rules may want of an organisation and of whoever was ever below it.</summary>
    /// <param name="until">Periods that start before it.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async Task<StatementSet> FetchAsync(
        IReadOnlyCollection<FrameworkRules> rules, Organisation organisation, DateTimeOffset until, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        var metrics = rules.SelectMany(each => each.Metrics).Select(metric => metric.Key).ToHashSet();
        var organisations = new HashSet<OrganisationCode>(catalogue.Organisations.EverBelow(organisation.Code)) { organisation.Code };
        return new StatementSet(await store.ReadAsync(
            new StatementQuery(new SeriesSelection(metrics, organisations), To: until, AsOf: asOf), cancellationToken));
    }

    /// <summary>The derivation at a slot.</summary>
    /// <param name="missing">What an input without a figure is at the instant of knowing; decides nothing.</param>
    /// <param name="asIfAlways">Whether to take the framework's version for one that judges on every day.</param>
    public Derivation Derive(
        FrameworkRules rules,
        Organisation organisation,
        Period slot,
        StatementSet statements,
        Func<Framework, Indicator, Period, AbsenceCode> missing,
        bool asIfAlways = false)
    {
        var reading = Read(rules, organisation, slot, statements, missing);
        var framework = asIfAlways ? rules.Framework with { Valid = DateSpan.Always, Adopted = [] } : rules.Framework;
        return new Derivation(rules, reading, reading.NotJudgedBecause is null ? FoldAt(CalculatorOf(rules), framework, organisation, slot, statements) : null);
    }

    /// <summary>The slot alone, without what is shown.</summary>
    public EscalationReading Read(
        FrameworkRules rules, Organisation organisation, Period slot, StatementSet statements, Func<Framework, Indicator, Period, AbsenceCode> missing) =>
        organisation.Valid.Contains(LondonCalendar.LastDayOf(slot))
            ? CalculatorOf(rules).Evaluate(rules.Framework, organisation.Code, slot, statements, indicator => missing(rules.Framework, indicator, slot))
            : EscalationReading.NotOpen(rules.Framework, organisation, slot);

    /// <summary>Whether a series can go into what the rules make of an organisation at a slot.</summary>
    public bool CanUse(FrameworkRules rules, Organisation organisation, Period slot, SeriesKey series) => CalculatorOf(rules)
        .PlanFor(rules.ToScorer(), organisation.Code, LondonCalendar.LastDayOf(slot))
        .Series.Contains(series);

    private EscalationCalculator CalculatorOf(FrameworkRules rules) =>
        rules.CalculatorOver(catalogue.Organisations, catalogue.SharedServices, catalogue.Expectations);

    private Fold? FoldAt(EscalationCalculator calculator, Framework framework, Organisation organisation, Period slot, StatementSet statements)
    {
        if (statements.FirstPeriodStart is not { } first)
        {
            return null;
        }

        var slots = JudgedSlots.Between(framework, organisation, catalogue.Organisations, first, slot.End).ToArray();
        var outcomes = new ShownOutcome[slots.Length];
        calculator.Evaluate(framework, organisation.Code, slots, statements.ColumnOf, outcomes);
        return outcomes.Length > 0 && outcomes[^1].At == slot.End ? Fold.Of(outcomes) : null;
    }
}
