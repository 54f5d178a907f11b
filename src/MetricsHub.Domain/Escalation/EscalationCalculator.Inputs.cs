using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

public sealed partial class EscalationCalculator
{
    /// <summary>Some slots with their inputs, one after the other: for who asks what moved, not only how the level did.</summary>
    /// <param name="slots">Slots of the framework's grid, oldest first; they need not follow one another.</param>
    public IEnumerable<SlotInputs> InputsOf(Framework framework, OrganisationCode organisation, IEnumerable<Period> slots, Func<SeriesKey, SeriesColumn> series)
    {
        var scorer = ScorerOf(framework);
        var changes = calculator.DatesOfChange(organisation).Select(LondonCalendar.StartOf).ToList();
        var (passed, walk) = (-1, (EscalationWalk?)null);
        foreach (var slot in slots)
        {
            // A walk is good for as long as the tree stands still.
            if (changes.Count(change => change < slot.End) is var now && (walk is null || now != passed))
            {
                (passed, walk) = (now, PlanFor(scorer, organisation, LondonCalendar.LastDayOf(slot)).Walk(series));
            }

            var outcome = walk.MoveTo(slot);
            yield return new SlotInputs(slot, outcome, [.. walk.Inputs]);
        }
    }
}

/// <summary>One slot: what the framework makes of it, and of what.</summary>
/// <param name="Inputs">One for each of the framework's parameters, in their order.</param>
public sealed record SlotInputs(Period Slot, SlotOutcome Outcome, IReadOnlyList<InputState> Inputs);
