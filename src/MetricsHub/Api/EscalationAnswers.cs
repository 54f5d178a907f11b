using MetricsHub.Domain.Escalation;

namespace MetricsHub.Api;

/// <summary>How escalated an organisation is, by each framework that judges it, and everything that this rests on.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="At">The instant asked for: each framework gives the newest reading that stands at or before it.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Readings">One for each framework; empty where none judges an organisation of this kind.</param>
/// <param name="WithoutParent">What no sum over systems holds on the day: organisations without a known parent and codes that the catalogue does not know.</param>
internal sealed record EscalationAnswer(
    OrganisationName Organisation, DateTimeOffset At, DateTimeOffset AsOf, IReadOnlyList<ReadingItem> Readings, WithoutParent WithoutParent);

/// <summary>A framework's outcome at one slot of its grid. Bands may be local placeholders; this is not an NHS OPEL level.</summary>
/// <param name="Framework">Which framework.</param>
/// <param name="SlotStart">The start of the period judged.</param>
/// <param name="SlotEnd">Its end, exclusive: the instant at which the reading stands.</param>
/// <param name="Status">calculated or not-calculated.</param>
/// <param name="Level">The calculated level, 1 (least pressure) to 4; null where it is not calculated.</param>
/// <param name="Bounds">Between which levels it lies whatever the missing inputs are; null where the organisation is not judged.</param>
/// <param name="Shown">The level to show: it rises at once and falls with patience, and is held while there is none.</param>
/// <param name="Declared">
/// The level that somebody declares at the instant asked for, or whose declaration has ended within the day before; null where there is
/// none. It changes neither of the others.
/// </param>
/// <param name="Reason">Why it is not calculated; null where it is.</param>
/// <param name="Score">The points scored.</param>
/// <param name="AvailablePoints">The most that the inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and the missing ones could have scored together.</param>
/// <param name="ScorePercent">Score over available points, in percent; null where no input is there.</param>
/// <param name="ScaledScore">What is cut, before rounding: that percentage, or the points scaled to all points; null where no input is there.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="Pillars">What each service domain is on its own, by the same cuts: a pillar at its worst does not disappear in the sum.</param>
/// <param name="Changes">The smallest changes of one input that move the level, nearest first; empty where it is not calculated.</param>
/// <param name="Contributions">The inputs that scored.</param>
/// <param name="Missing">The inputs that should be there and are not: out of the score and of the available points, never a zero.</param>
/// <param name="NotApplicable">The inputs that there is nothing to measure for.</param>
/// <param name="Unscored">Inputs that belong to the framework and have no known bands: out of the maximum.</param>
/// <param name="Scoring">What the cuts of the levels are cuts of.</param>
/// <param name="Levels">Which score is which level.</param>
/// <param name="MissingData">When a level may be given although inputs are missing.</param>
/// <param name="Hysteresis">How long a level goes on being shown after the score has fallen below it.</param>
/// <param name="LatestCalculated">The newest reading with a level, at or before this one; null where there never was one.</param>
internal sealed record ReadingItem(
    FrameworkName Framework,
    DateTimeOffset SlotStart,
    DateTimeOffset SlotEnd,
    string Status,
    int? Level,
    BoundsItem? Bounds,
    ShownItem Shown,
    DeclarationItem? Declared,
    string? Reason,
    decimal Score,
    decimal AvailablePoints,
    decimal ApplicablePoints,
    double? ScorePercent,
    decimal? ScaledScore,
    double ObservablePercent,
    IReadOnlyList<PillarItem> Pillars,
    IReadOnlyList<ChangeItem> Changes,
    IReadOnlyList<ContributionItem> Contributions,
    IReadOnlyList<MissingItem> Missing,
    IReadOnlyList<NotApplicableItem> NotApplicable,
    IReadOnlyList<UnscoredItem> Unscored,
    ScoringItem Scoring,
    IReadOnlyList<LevelCutItem> Levels,
    MissingDataItem MissingData,
    HysteresisItem Hysteresis,
    LatestCalculatedItem? LatestCalculated);

/// <summary>A framework named beside something else.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name.</param>
/// <param name="National">Whether it is a nation's own: then one service domain may carry its level.</param>
/// <param name="Shadow">Whether it is a candidate in shadow, whose levels are not in force.</param>
internal sealed record FrameworkName(string Key, string Version, string Name, bool National, bool Shadow = false)
{
    public static FrameworkName Of(Framework framework) => new(framework.Key, framework.Version, framework.Name, framework.National, framework.IsShadow);
}

/// <summary>The newest reading with a level.</summary>
/// <param name="At">The instant at which it stands.</param>
/// <param name="Level">1 to 4.</param>
/// <param name="Link">The address of the whole of it.</param>
internal sealed record LatestCalculatedItem(DateTimeOffset At, int Level, string Link);

/// <summary>One input's part of a score.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="Value">Numerator over denominator.</param>
/// <param name="Unit">The unit of the value; share is a fraction of 1.</param>
/// <param name="Numerator">The sum over the contributors.</param>
/// <param name="Denominator">The sum over the contributors.</param>
/// <param name="Points">The points scored, its weight included.</param>
/// <param name="MaximumPoints">The most it could have scored.</param>
/// <param name="LowSample">Whether it is a since-midnight measure read too soon after midnight to rest on much.</param>
/// <param name="Band">The band that the value falls into, with its provenance.</param>
/// <param name="PeriodStart">The start of the oldest period that it is made of.</param>
/// <param name="PeriodEnd">Its end, exclusive.</param>
/// <param name="AgeSeconds">How long before the instant asked for the period ended.</param>
/// <param name="Sources">The keys of the sources that state its metrics.</param>
/// <param name="Contributors">The organisations whose figures are in the sums, each with what it rests on.</param>
/// <param name="CoveragePercent">
/// How much of what is expected is there, weighed by denominators; below the framework's minimum the input counts as missing. Null where
/// nobody ever stated a denominator.
/// </param>
/// <param name="Silent">Organisations that could state it and state nothing for the period.</param>
/// <param name="Closed">Organisations of which nothing is due, as they state or by their opening hours.</param>
/// <param name="Incomplete">Organisations left out because they state some of the figures and not all.</param>
/// <param name="Breaks">Changes of method in force in the period: it compares with care to what was before.</param>
internal sealed record ContributionItem(
    string Indicator,
    string Name,
    string ServiceDomain,
    double Value,
    string Unit,
    double Numerator,
    double Denominator,
    decimal Points,
    decimal MaximumPoints,
    bool LowSample,
    BandItem Band,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd,
    long AgeSeconds,
    IReadOnlyList<string> Sources,
    IReadOnlyList<ContributorItem> Contributors,
    double? CoveragePercent,
    IReadOnlyList<string> Silent,
    IReadOnlyList<string> Closed,
    IReadOnlyList<IncompleteItem> Incomplete,
    IReadOnlyList<BreakItem> Breaks);
