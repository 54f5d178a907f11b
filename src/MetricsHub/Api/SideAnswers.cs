using MetricsHub.Domain.Escalation;

namespace MetricsHub.Api;

/// <summary>A reading beside another one.</summary>
/// <param name="Framework">Which framework.</param>
/// <param name="RulesHash">SHA-256 of everything that decides a level under this version.</param>
/// <param name="SlotStart">The start of the period judged.</param>
/// <param name="SlotEnd">Its end, exclusive.</param>
/// <param name="Status">calculated or not-calculated.</param>
/// <param name="Level">The calculated level, 1 (least pressure) to 4; null where it is not calculated.</param>
/// <param name="Reason">Why it is not calculated; null where it is.</param>
/// <param name="Bounds">Between which levels it lies whatever the missing inputs are; null where the organisation is not judged.</param>
/// <param name="Shown">The level to show.</param>
/// <param name="Points">The points scored.</param>
/// <param name="AvailablePoints">The most that the inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and the missing ones could have scored together.</param>
/// <param name="Score">The points on the framework's scale, before rounding; null where no input is there.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="Inputs">Every input, in the order of the framework.</param>
/// <param name="Changes">The smallest changes of one input that move the level, nearest first.</param>
internal sealed record SideItem(
    FrameworkName Framework,
    string RulesHash,
    DateTimeOffset SlotStart,
    DateTimeOffset SlotEnd,
    string Status,
    int? Level,
    string? Reason,
    BoundsItem? Bounds,
    ShownItem Shown,
    decimal Points,
    decimal AvailablePoints,
    decimal ApplicablePoints,
    decimal? Score,
    double ObservablePercent,
    IReadOnlyList<SideInputItem> Inputs,
    IReadOnlyList<ChangeItem> Changes)
{
    public static SideItem Of(FrameworkRules rules, EscalationReading reading, ShownLevel shown)
    {
        var framework = rules.Framework;
        return new SideItem(
            new FrameworkName(framework.Key, framework.Version, framework.Name, framework.National),
            rules.Hash,
            reading.Slot.Start,
            reading.Slot.End,
            EscalationAnswering.StatusOf(reading),
            reading.CalculatedLevel,
            reading.NotCalculatedBecause,
            BoundsItem.Of(reading.Bounds),
            ShownItem.Of(shown, framework.Hysteresis),
            reading.Outcome.Points,
            reading.Outcome.Available,
            reading.Outcome.Applicable,
            reading.Outcome.Available > 0 ? reading.Outcome.Score : null,
            reading.ObservablePercent,
            SideInputItem.Of(reading),
            [.. reading.Changes.Select(ChangeItem.Of)]);
    }
}

/// <summary>An input of a reading that stands beside another one.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="State">present, missing or not-applicable.</param>
/// <param name="Value">Its value; null where it is not present.</param>
/// <param name="Unit">The unit of the value; share is a fraction of 1.</param>
/// <param name="Points">The points scored, its weight included; null where it is not present.</param>
/// <param name="MaximumPoints">The most it can score.</param>
internal sealed record SideInputItem(string Indicator, string State, double? Value, string Unit, decimal? Points, decimal MaximumPoints)
{
    /// <summary>The inputs of a reading, in the order of its framework; none where the organisation is not judged.</summary>
    public static SideInputItem[] Of(EscalationReading reading)
    {
        var present = reading.Contributions.ToDictionary(part => part.Parameter.Indicator);
        var others = reading.Missing.Select(input => (input.Indicator, State: "missing"))
            .Concat(reading.NotApplicable.Select(input => (input.Indicator, State: "not-applicable")))
            .ToDictionary(input => input.Indicator.Key);
        return
        [
            .. reading.Framework.Parameters
                .Where(parameter => present.ContainsKey(parameter.Indicator) || others.ContainsKey(parameter.Indicator))
                .Select(parameter => present.TryGetValue(parameter.Indicator, out var part)
                    ? new SideInputItem(
                        parameter.Indicator, "present", part.Reading.Value.TryGetNumber(out var value) ? value : null, part.Reading.Indicator.Unit,
                        part.Points, parameter.MaximumPoints)
                    : new SideInputItem(
                        parameter.Indicator, others[parameter.Indicator].State, null, others[parameter.Indicator].Indicator.Unit, null, parameter.MaximumPoints)),
        ];
    }
}

/// <summary>An input before and after.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Before">As it was; null where the framework did not score it.</param>
/// <param name="After">As it is, or would be; null where the framework does not score it.</param>
internal sealed record MovedInputItem(string Indicator, SideInputItem? Before, SideInputItem? After)
{
    /// <summary>The inputs that differ between two readings.</summary>
    public static MovedInputItem[] Between(EscalationReading before, EscalationReading after)
    {
        var (one, other) = (SideInputItem.Of(before).ToDictionary(input => input.Indicator), SideInputItem.Of(after).ToDictionary(input => input.Indicator));
        return
        [
            .. one.Keys.Union(other.Keys)
                .Select(key => new MovedInputItem(key, one.GetValueOrDefault(key), other.GetValueOrDefault(key)))
                .Where(moved => moved.Before != moved.After),
        ];
    }
}
