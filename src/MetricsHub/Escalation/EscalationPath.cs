using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Time;

namespace MetricsHub.Escalation;

/// <summary>An organisation's way through the slots of one version of a framework.</summary>
/// <param name="Outcomes">Every slot from the first of which anything is known, oldest first.</param>
/// <param name="InputsOf">The inputs of some slots, oldest first.</param>
/// <param name="Explain">One slot with everything that it rests on.</param>
internal sealed record EscalationPath(
    Framework Framework,
    Scorer Scorer,
    IReadOnlyList<ShownOutcome> Outcomes,
    Func<IEnumerable<Period>, IEnumerable<SlotInputs>> InputsOf,
    Func<Period, EscalationReading> Explain);
