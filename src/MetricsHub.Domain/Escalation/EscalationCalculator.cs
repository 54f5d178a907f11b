using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>Turns statements into escalation readings: a pure function of framework, organisation, slot and statements.</summary>
public sealed partial class EscalationCalculator(IReadOnlyDictionary<string, Indicator> indicators, IndicatorCalculator calculator)
{
    /// <summary>One slot, with everything it rests on.</summary>
    /// <param name="missing">What an input without a figure is at the instant of asking, by indicator: not due, late, or its source down.</param>
    public EscalationReading Evaluate(
        Framework framework, OrganisationCode organisation, Period slot, StatementSet statements, Func<Indicator, AbsenceCode> missing)
    {
        var walk = PlanFor(ScorerOf(framework), organisation, LondonCalendar.LastDayOf(slot)).Walk(statements.ColumnOf);
        walk.MoveTo(slot);
        return walk.Explain(statements, missing);
    }

    /// <summary>
    /// Many slots, each with the level shown at it. The shown level starts unknown at the first: whoever wants it to go on from somewhere
    /// gives the <paramref name="before"/> of the slot before.
    /// </summary>
    /// <param name="slots">Slots of the framework's grid, oldest first.</param>
    /// <param name="outcomes">Receives one for each slot.</param>
    /// <exception cref="ArgumentException">There is not room for every slot.</exception>
    public void Evaluate(
        Framework framework, OrganisationCode organisation, ReadOnlySpan<Period> slots, Func<SeriesKey, SeriesColumn> series, Span<ShownOutcome> outcomes,
        ShownLevel before = default)
    {
        if (outcomes.Length < slots.Length)
        {
            throw new ArgumentException($"There is room for {outcomes.Length} outcomes; {slots.Length} slots were asked for.", nameof(outcomes));
        }

        var scorer = ScorerOf(framework);
        var changes = calculator.DatesOfChange(organisation).Select(LondonCalendar.StartOf).ToList();
        var found = new SlotOutcome[slots.Length];
        for (var from = 0; from < slots.Length;)
        {
            // As far as the tree stands still: up to the first slot that ends after the next change.
            var first = slots[from];
            var change = changes.FindIndex(instant => instant >= first.End);
            var until = from + 1;
            while (until < slots.Length && (change < 0 || slots[until].End <= changes[change]))
            {
                until++;
            }

            PlanFor(scorer, organisation, LondonCalendar.LastDayOf(first)).Walk(series).MoveOver(slots[from..until], found.AsSpan(from));
            from = until;
        }

        for (var i = 0; i < slots.Length; i++)
        {
            before = before.Next(scorer, found[i], slots[i].End);
            outcomes[i] = new ShownOutcome(slots[i].End, found[i], before);
        }
    }

    /// <summary>The framework made ready for an organisation and the tree as it stands on a day.</summary>
    public EscalationPlan PlanFor(Scorer scorer, OrganisationCode organisation, DateOnly date) => new(
        scorer, organisation,
        [.. scorer.Framework.Parameters.Select(parameter => calculator.PlanFor(indicators[parameter.Indicator], organisation, date))]);

    public Scorer ScorerOf(Framework framework) => new(framework, indicator => indicators[indicator].ServiceDomain);
}

/// <summary>One slot of many: what the framework makes of it, and the level shown at it.</summary>
/// <param name="At">The end of the slot.</param>
public readonly record struct ShownOutcome(DateTimeOffset At, SlotOutcome Outcome, ShownLevel Shown);
