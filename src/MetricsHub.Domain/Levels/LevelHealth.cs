using MetricsHub.Domain.Escalation;

namespace MetricsHub.Domain.Levels;

/// <summary>One slot of a level's health: its inputs and the level shown at it.</summary>
public sealed record HealthSlot(SlotInputs Inputs, ShownLevel Shown);

/// <summary>Whether a level still tells anything, over the slots of one version of a framework. Each slot counts with its length.</summary>
/// <param name="Readings">How many slots.</param>
/// <param name="Time">Their length together.</param>
/// <param name="Calculated">Time at levels 1 to 4, in this order.</param>
/// <param name="NotCalculated">With the four before, all of the time.</param>
/// <param name="Shown">Time in which levels 1 to 4 were shown, held ones among them, in this order.</param>
/// <param name="Unknown">Time in which the shown level was unknown, and only the last one known.</param>
/// <param name="NeverKnown">With the shown ones and the unknown, all of the time.</param>
/// <param name="Held">The time of the shown ones in which the slot itself had no level.</param>
/// <param name="Uncertain">Time in which the bounds did not agree.</param>
public sealed record LevelHealth(
    int Readings,
    TimeSpan Time,
    IReadOnlyList<TimeShare> Calculated,
    TimeShare NotCalculated,
    IReadOnlyList<TimeShare> Shown,
    TimeShare Unknown,
    TimeShare NeverKnown,
    TimeShare Held,
    TimeShare Uncertain,
    IReadOnlyList<InputHealth> Inputs)
{
    public static LevelHealth Of(Framework framework, IReadOnlyCollection<HealthSlot> slots)
    {
        var whole = new TimeSpan(slots.Sum(slot => slot.Inputs.Slot.Length.Ticks));
        return new LevelHealth(
            slots.Count,
            whole,
            [.. Levels.Select(level => ShareOf(slot => slot.Inputs.Outcome.Level == level))],
            ShareOf(slot => !slot.Inputs.Outcome.IsCalculated),
            [.. Levels.Select(level => ShareOf(slot => slot.Shown.Status is ShownStatus.Known or ShownStatus.Held && slot.Shown.Level == level))],
            ShareOf(slot => slot.Shown.Status == ShownStatus.Unknown),
            ShareOf(slot => slot.Shown.Status == ShownStatus.NeverKnown),
            ShareOf(slot => slot.Shown.Status == ShownStatus.Held),
            ShareOf(slot => !slot.Inputs.Outcome.Bounds.IsCertain),
            [.. framework.Parameters.Index().Select(parameter => InputHealth.Of(parameter.Item, parameter.Index, slots, ShareOf))]);

        TimeShare ShareOf(Func<HealthSlot, bool> isSo) => new(new TimeSpan(slots.Where(isSo).Sum(slot => slot.Inputs.Slot.Length.Ticks)), whole);
    }

    private static IEnumerable<int> Levels => Enumerable.Range(1, LevelScale.Highest);
}

/// <summary>Whether an input still tells anything.</summary>
/// <param name="Bands">Time in each of the parameter's bands, in their order.</param>
/// <param name="Missing">Time in which it should have been there and was not.</param>
/// <param name="NotApplicable">With all bands and what was missing, all of the time.</param>
public sealed record InputHealth(Parameter Parameter, IReadOnlyList<TimeShare> Bands, TimeShare Missing, TimeShare NotApplicable)
{
    /// <summary>Time in the bands that score the most: a two-sided input can have two of them.</summary>
    public TimeShare Worst => Together(band => Parameter.PointsOf(band) == Parameter.MaximumPoints && band.Points > 0);

    /// <summary>Time in the bands that score nothing.</summary>
    public TimeShare Best => Together(band => band.Points == 0);

    internal static InputHealth Of(Parameter parameter, int index, IReadOnlyCollection<HealthSlot> slots, Func<Func<HealthSlot, bool>, TimeShare> shareOf) => new(
        parameter,
        [.. parameter.Bands.Select((_, band) => shareOf(slot => slot.Inputs.Inputs[index] is { Status: InputStatus.Present } state && state.Band == band))],
        shareOf(slot => slot.Inputs.Inputs[index].Status == InputStatus.Missing),
        shareOf(slot => slot.Inputs.Inputs[index].Status == InputStatus.NotApplicable));

    private TimeShare Together(Func<Band, bool> which) => new(
        new TimeSpan(Parameter.Bands.Zip(Bands).Where(pair => which(pair.First)).Sum(pair => pair.Second.Time.Ticks)), Missing.Whole);
}
