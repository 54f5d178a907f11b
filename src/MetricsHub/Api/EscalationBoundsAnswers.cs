using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Api;

/// <summary>Between which levels the level lies, whatever the missing inputs are.</summary>
/// <param name="Lowest">The level with every missing input at its best.</param>
/// <param name="Highest">The level with every missing input at its worst.</param>
/// <param name="Certain">Whether both are the same.</param>
/// <param name="UnknownPercent">The share of the applicable points that is missing, in percent.</param>
internal sealed record BoundsItem(int Lowest, int Highest, bool Certain, double UnknownPercent)
{
    public static BoundsItem? Of(LevelBounds? found) =>
        found is { } bounds ? new BoundsItem(bounds.Lowest, bounds.Highest, bounds.IsCertain, bounds.UnknownPercent) : null;
}

/// <summary>What one service domain is on its own.</summary>
/// <param name="ServiceDomain">The key of the service domain.</param>
/// <param name="Level">1 to 4, by the cuts of the whole; null where too few of its points are observable.</param>
/// <param name="Bounds">Between which levels it lies whatever its missing inputs are; null where it has no input that applies.</param>
/// <param name="Score">The points scored.</param>
/// <param name="AvailablePoints">The most that its inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and its missing ones could have scored together.</param>
internal sealed record PillarItem(
    string ServiceDomain, int? Level, BoundsItem? Bounds, decimal Score, decimal AvailablePoints, decimal ApplicablePoints)
{
    public static PillarItem Of(PillarReading pillar) => new(
        pillar.ServiceDomain,
        pillar.Outcome.IsCalculated ? pillar.Outcome.Level : null,
        pillar.Outcome.Applicable > 0 ? BoundsItem.Of(pillar.Outcome.Bounds) : null,
        pillar.Outcome.Points,
        pillar.Outcome.Available,
        pillar.Outcome.Applicable);
}

/// <summary>A change of one input, all others staying as they are, that moves the level.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="ToLevel">The level it would then be.</param>
/// <param name="Value">The value as it is.</param>
/// <param name="Edge">The value to reach.</param>
/// <param name="EdgeIncluded">Whether reaching it is enough; else it has to be passed.</param>
/// <param name="Change">The way from value to edge, in the indicator's unit.</param>
/// <param name="Unit">That unit; share is a fraction of 1.</param>
/// <param name="NumeratorChange">The same told in the numerator, the denominator staying as it is: so many beds, so many breaches.</param>
internal sealed record ChangeItem(
    string Indicator, int ToLevel, double Value, double Edge, bool EdgeIncluded, double Change, string Unit, double NumeratorChange)
{
    public static ChangeItem Of(InputChange change) => new(
        change.Indicator.Key, change.ToLevel, change.Value, change.Edge, change.EdgeIncluded, change.Change, change.Indicator.Unit, change.NumeratorChange);
}

/// <summary>The level to show: it rises at once, falls with patience, and is held while there is none.</summary>
/// <param name="Level">
/// 1 to 4: the level shown or, where the status is unknown, the one known last; what it sorts and alerts as. Null where there never was one.
/// </param>
/// <param name="Status">known; held (the slot has no level, the last one stands); unknown (for longer than is held); never-known.</param>
/// <param name="Text">The same in words: never to be shortened to a number where it is unknown.</param>
/// <param name="Since">The instant from which it has been shown; null where there never was one.</param>
/// <param name="SlotsWithoutLevel">For how many slots on end there has been no level.</param>
/// <param name="FallsTo">The level to which it is about to fall; null where it is not.</param>
/// <param name="SlotsToFall">How many calm slots more that takes; null where it is not about to fall.</param>
internal sealed record ShownItem(
    int? Level, string Status, string Text, DateTimeOffset? Since, int SlotsWithoutLevel, int? FallsTo, int? SlotsToFall)
{
    public static ShownItem Of(ShownLevel shown, HysteresisPolicy policy) => new(
        shown.Level > 0 ? shown.Level : null,
        shown.Status.ToWord(),
        TextOf(shown),
        shown.Level > 0 ? shown.Since : null,
        shown.SlotsWithoutLevel,
        shown.CalmSlots > 0 ? shown.FallsTo : null,
        shown.SlotsToFall(policy));

    public static string TextOf(ShownLevel shown) => shown.Status switch
    {
        ShownStatus.Known => $"{shown.Level}",
        ShownStatus.Held => $"{shown.Level}, held",
        ShownStatus.Unknown => $"unknown, last known {shown.Level} since {ApiJson.ToText(shown.Since)}",
        _ => "never known",
    };
}
