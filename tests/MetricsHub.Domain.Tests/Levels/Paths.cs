using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Tests.Escalation;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Tests.Levels;

/// <summary>Ways through slots for tests: by hand, and any number of generated ones. Quarter hours from noon on.</summary>
internal static class Paths
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static Period Slot(int index) => new(Noon.AddMinutes(15 * index), Noon.AddMinutes(15 * (index + 1)));

    /// <summary>A framework's way through slots of given inputs.</summary>
    public static List<HealthSlot> Through(Scorer scorer, IEnumerable<InputState[]> slots)
    {
        var shown = default(ShownLevel);
        return
        [
            .. slots.Select((inputs, index) =>
            {
                var outcome = scorer.Score(inputs);
                shown = shown.Next(scorer, outcome, Slot(index).End);
                return new HealthSlot(new SlotInputs(Slot(index), outcome, inputs), shown);
            }),
        ];
    }

    /// <summary>Four inputs of 0 to 3 points, told as points; a hyphen where they are missing.</summary>
    public static List<HealthSlot> Through(Framework framework, params IEnumerable<string> slots) => Through(framework.Score(), slots.Select(slot => Inputs(framework, slot)));

    public static InputState[] Inputs(Framework framework, string points) =>
        [.. points.Select((letter, index) => letter == '-' ? InputState.Missing : framework.Score().Read(index, (10 * (letter - '0')) + 5))];

    public static List<ShownOutcome> Outcomes(IEnumerable<HealthSlot> slots) =>
        [.. slots.Select(slot => new ShownOutcome(slot.Inputs.Slot.End, slot.Inputs.Outcome, slot.Shown))];

    public static List<VersionedOutcome> Versioned(IEnumerable<HealthSlot> slots, string version = "1") =>
        [.. Outcomes(slots).Select(outcome => new VersionedOutcome(version, outcome))];

    public static readonly Gen<(Scorer Scorer, List<HealthSlot> Slots)> Any =
        Frameworks.AnyHistory.Select(history => (history.Scorer, Through(history.Scorer, history.Slots)));
}
