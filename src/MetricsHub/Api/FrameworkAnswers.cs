using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Api;

/// <summary>A dated, versioned set of rules that turns indicators into a level from 1 (least pressure) to 4. Not an NHS OPEL level.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it judges, and what it does not claim.</param>
/// <param name="AppliesTo">The kinds of organisation it judges.</param>
/// <param name="ValidFrom">The first day on which this version judges.</param>
/// <param name="ValidTo">The first day on which it no longer does; null where it is open.</param>
/// <param name="Grid">How far apart its readings stand: quarter-hour, day or month.</param>
/// <param name="Parameters">The indicators it scores.</param>
/// <param name="Levels">Which share of the available points is which level.</param>
/// <param name="MissingData">When a level may be given although inputs are missing.</param>
internal sealed record FrameworkItem(
    string Key,
    string Version,
    string Name,
    string Description,
    IReadOnlyList<string> AppliesTo,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string Grid,
    IReadOnlyList<ParameterItem> Parameters,
    IReadOnlyList<LevelCutItem> Levels,
    MissingDataItem MissingData)
{
    public static FrameworkItem Of(Framework framework) => new(
        framework.Key,
        framework.Version,
        framework.Name,
        framework.Description,
        [.. framework.AppliesTo.Select(kind => kind.ToWord())],
        framework.Valid.From,
        framework.Valid.To,
        framework.Grid.ToWord(),
        [.. framework.Parameters.Select(parameter => new ParameterItem(parameter.Indicator, parameter.MaximumPoints, [.. parameter.Bands.Select(BandItem.Of)]))],
        [.. framework.Levels.Select(LevelCutItem.Of)],
        MissingDataItem.Of(framework.MissingData));
}

/// <summary>An indicator that a framework scores.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="MaximumPoints">The most points it can score.</param>
/// <param name="Bands">Which value scores how many points.</param>
internal sealed record ParameterItem(string Indicator, int MaximumPoints, IReadOnlyList<BandItem> Bands);

/// <summary>Which values score how many points.</summary>
/// <param name="Range">The values: a square bracket takes the edge in, a round one leaves it out.</param>
/// <param name="Points">What they score.</param>
/// <param name="Provenance">Where edges and points come from: quoted, derived, inferred, memory or local-placeholder (made up, to be set locally).</param>
/// <param name="Source">What states or suggests them.</param>
internal sealed record BandItem(string Range, int Points, string Provenance, string Source)
{
    public static BandItem Of(Band band) => new(band.Range.ToString(), band.Points, band.Provenance.ToWord(), band.Source);
}

/// <summary>Which share of the available points is a level.</summary>
/// <param name="Level">1 to 4.</param>
/// <param name="Percent">The share, in percent: a square bracket takes the edge in, a round one leaves it out.</param>
/// <param name="Provenance">Where the cut comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record LevelCutItem(int Level, string Percent, string Provenance, string Source)
{
    public static LevelCutItem Of(LevelCut cut) => new(cut.Level, cut.Percent.ToString(), cut.Provenance.ToWord(), cut.Source);
}

/// <summary>When a level may be given although inputs are missing. Missing points are out of the score and out of the maximum, never zero.</summary>
/// <param name="MinimumIndicators">How many indicators there have to be: no decision on a single metric in isolation.</param>
/// <param name="MinimumServiceDomains">Of how many service domains.</param>
/// <param name="MinimumObservablePercent">Which share of the applicable points, in percent, has to be observable.</param>
/// <param name="MinimumCoveragePercent">How much of what is expected an input has to be made of, in percent; with less it is missing.</param>
/// <param name="Provenance">Where the numbers come from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests them.</param>
internal sealed record MissingDataItem(
    int MinimumIndicators, int MinimumServiceDomains, double MinimumObservablePercent, double MinimumCoveragePercent, string Provenance, string Source)
{
    public static MissingDataItem Of(MissingDataPolicy policy) => new(
        policy.MinimumIndicators, policy.MinimumServiceDomains, policy.MinimumObservablePercent, policy.MinimumCoveragePercent,
        policy.Provenance.ToWord(), policy.Source);
}
