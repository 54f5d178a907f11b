using System.Globalization;
using System.Xml;
using MetricsHub.Catalogue;
using MetricsHub.Domain;
using MetricsHub.Domain.Escalation;
using MetricsHub.Escalation.Explanation;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>A dated, versioned set of rules that turns indicators into a level from 1 (least pressure) to 4. Not an NHS OPEL level.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it judges, and what it does not claim.</param>
/// <param name="AppliesTo">The kinds of organisation it judges.</param>
/// <param name="ValidFrom">The first day on which this version judges.</param>
/// <param name="ValidTo">The first day on which it no longer does; null where it is open.</param>
/// <param name="Adopted">Who is judged by this version on other days, with everything below; empty where nobody is.</param>
/// <param name="Grid">How far apart its readings stand: quarter-hour, day or month.</param>
/// <param name="Status">active, or shadow: a candidate whose levels are kept to be compared, and are in no answer that did not ask for them.</param>
/// <param name="Parameters">The indicators it scores.</param>
/// <param name="National">Whether it is a nation's own: then one service domain may carry its level.</param>
/// <param name="Scoring">What the cuts of the levels are cuts of.</param>
/// <param name="Unscored">Inputs that belong to it and have no known bands: out of the maximum.</param>
/// <param name="Levels">Which score is which level.</param>
/// <param name="MissingData">When a level may be given although inputs are missing.</param>
/// <param name="Hysteresis">How long a level goes on being shown after the score has fallen below it.</param>
/// <param name="RollUp">How its scores roll up to organisations above those it judges; null where they do not.</param>
/// <param name="RulesHash">The SHA-256 of everything that decides a level under this version: another hash, other rules.</param>
/// <param name="ChangedWithoutVersion">When these rules last became others although the version stayed; null where they never did.</param>
internal sealed record FrameworkItem(
    string Key,
    string Version,
    string Name,
    string Description,
    IReadOnlyList<string> AppliesTo,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    IReadOnlyList<AdoptionItem> Adopted,
    string Grid,
    string Status,
    bool National,
    ScoringItem Scoring,
    IReadOnlyList<ParameterItem> Parameters,
    IReadOnlyList<UnscoredItem> Unscored,
    IReadOnlyList<LevelCutItem> Levels,
    MissingDataItem MissingData,
    HysteresisItem Hysteresis,
    RollUpRuleItem? RollUp,
    string RulesHash,
    DateTimeOffset? ChangedWithoutVersion)
{
    /// <param name="entries">The ledger's entries of rules, oldest first.</param>
    public static FrameworkItem Of(FrameworkRules rules, IReadOnlyList<RulesInForce> entries) => Of(
        rules.Framework, rules.Hash, RulesHistory.ChangedWithoutVersion(entries, rules.Framework.Key, rules.Framework.Version));

    private static FrameworkItem Of(Framework framework, string rulesHash, DateTimeOffset? changed) => new(
        framework.Key,
        framework.Version,
        framework.Name,
        framework.Description,
        [.. framework.AppliesTo.Select(kind => kind.ToWord())],
        framework.Valid.From,
        framework.Valid.To,
        [.. framework.Adopted.Select(AdoptionItem.Of)],
        framework.Grid.ToWord(),
        framework.Status.ToWord(),
        framework.National,
        ScoringItem.Of(framework.Scoring),
        [.. framework.Parameters.Select(ParameterItem.Of)],
        [.. framework.Unscored.Select(UnscoredItem.Of)],
        [.. framework.Levels.Select(LevelCutItem.Of)],
        MissingDataItem.Of(framework.MissingData),
        HysteresisItem.Of(framework.Hysteresis),
        framework.RollUp is { } rollUp ? RollUpRuleItem.Of(rollUp) : null,
        rulesHash,
        changed);
}

/// <summary>One span of days on which a version judges an organisation and everything below it, in place of the version's own days.</summary>
/// <param name="Organisation">Its ODS code.</param>
/// <param name="ValidFrom">The first day; null where it is open.</param>
/// <param name="ValidTo">The first day on which it no longer does; null where it is open.</param>
/// <param name="Provenance">Where the days come from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests them.</param>
internal sealed record AdoptionItem(string Organisation, DateOnly? ValidFrom, DateOnly? ValidTo, string Provenance, string Source)
{
    public static AdoptionItem Of(Adoption adoption) => new(
        adoption.Organisation.ToString(), adoption.Valid.From, adoption.Valid.To, adoption.Provenance.ToWord(), adoption.Source);
}

/// <summary>An indicator that a framework scores.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="MaximumPoints">The most points it can score, its weight included.</param>
/// <param name="Weight">How much its points count; null where they count as they are.</param>
/// <param name="MaximumAge">How old a figure may be, an ISO 8601 duration; null where only the slot's own period counts.</param>
/// <param name="LowSampleBefore">The time of day before which a since-midnight measure rests on little; null where it is none.</param>
/// <param name="Bands">Which value scores how many points.</param>
internal sealed record ParameterItem(
    string Indicator, decimal MaximumPoints, NumberItem? Weight, NumberItem? MaximumAge, NumberItem? LowSampleBefore, IReadOnlyList<BandItem> Bands)
{
    public static ParameterItem Of(Parameter parameter) => new(
        parameter.Indicator,
        parameter.MaximumPoints,
        parameter.Weight is { } weight ? NumberItem.Of(weight.Value.ToString(CultureInfo.InvariantCulture), weight.Provenance, weight.Source) : null,
        parameter.MaximumAge is { } age ? NumberItem.Of(XmlConvert.ToString(age.Value), age.Provenance, age.Source) : null,
        parameter.LowSample is { } rule
            ? NumberItem.Of(rule.Before.ToString(CatalogueWords.TimeFormat, CultureInfo.InvariantCulture), rule.Provenance, rule.Source)
            : null,
        [.. parameter.Bands.Select(BandItem.Of)]);
}

/// <summary>One number that judges.</summary>
/// <param name="Value">The number as the catalogue writes it.</param>
/// <param name="Provenance">Where it comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record NumberItem(string Value, string Provenance, string Source)
{
    public static NumberItem Of(string value, Provenance provenance, string source) => new(value, provenance.ToWord(), source);
}

/// <summary>What the cuts of a framework's levels are cuts of.</summary>
/// <param name="Mode">percent-of-available or sum (scaled to all points where inputs are missing).</param>
/// <param name="Rounding">What is done with a score before it is cut: none or half-up, to whole numbers.</param>
/// <param name="Provenance">Where the rule comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record ScoringItem(string Mode, string Rounding, string Provenance, string Source)
{
    public static ScoringItem Of(ScoringRule rule) => new(rule.Mode.ToWord(), rule.Rounding.ToWord(), rule.Provenance.ToWord(), rule.Source);
}

/// <summary>An input that belongs to a framework and has no known bands: out of the maximum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why it is not scored.</param>
/// <param name="Provenance">Where it comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record UnscoredItem(string Name, string Reason, string Provenance, string Source)
{
    public static UnscoredItem Of(UnscoredParameter entry) => new(entry.Name, entry.Reason, entry.Provenance.ToWord(), entry.Source);
}

/// <summary>Which values score how many points.</summary>
/// <param name="Range">The values: a square bracket takes the edge in, a round one leaves it out.</param>
/// <param name="Points">What they score.</param>
/// <param name="Provenance">Where edges and points come from: quoted, derived, inferred, memory or local-placeholder (made up, to be set locally).</param>
/// <param name="Source">What states or suggests them.</param>
internal sealed record BandItem(string Range, int Points, string Provenance, string Source)
{
    public static BandItem Of(Band band) => new(band.Range.ToString(), band.Points, band.Provenance.ToWord(), band.Source);
}

/// <summary>Which score is a level.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Range">The scores, in percent or in points: a square bracket takes the edge in, a round one leaves it out.</param>
/// <param name="Provenance">Where the cut comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record LevelCutItem(int Level, string Range, string Provenance, string Source)
{
    public static LevelCutItem Of(LevelCut cut) => new(cut.Level, cut.Range.ToString(), cut.Provenance.ToWord(), cut.Source);
}

/// <summary>When a level may be given although inputs are missing. Missing points are out of the score and out of the maximum, never zero.</summary>
/// <param name="MinimumIndicators">How many indicators there have to be: no decision on a single metric in isolation.</param>
/// <param name="MinimumServiceDomains">Of how many service domains.</param>
/// <param name="MinimumObservablePercent">Which share of the applicable points, in percent, has to be observable.</param>
/// <param name="MinimumCoveragePercent">How much of what is expected an input has to be made of, in percent; with less it is missing.</param>
/// <param name="HoldSlots">For how many slots without a level the last one is held, before it is unknown.</param>
/// <param name="Provenance">Where the numbers come from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests them.</param>
internal sealed record MissingDataItem(
    int MinimumIndicators,
    int MinimumServiceDomains,
    double MinimumObservablePercent,
    double MinimumCoveragePercent,
    int HoldSlots,
    string Provenance,
    string Source)
{
    public static MissingDataItem Of(MissingDataPolicy policy) => new(
        policy.MinimumIndicators, policy.MinimumServiceDomains, policy.MinimumObservablePercent, policy.MinimumCoveragePercent, policy.HoldSlots,
        policy.Provenance.ToWord(), policy.Source);
}

/// <summary>How long a level goes on being shown after the score has fallen below it. Rising needs no patience.</summary>
/// <param name="Margin">How far below the edge the score has to lie, in the unit of the cuts.</param>
/// <param name="Slots">For how many slots on end.</param>
/// <param name="Provenance">Where the numbers come from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests them.</param>
internal sealed record HysteresisItem(decimal Margin, int Slots, string Provenance, string Source)
{
    public static HysteresisItem Of(HysteresisPolicy policy) => new(policy.Margin, policy.Slots, policy.Provenance.ToWord(), policy.Source);
}
