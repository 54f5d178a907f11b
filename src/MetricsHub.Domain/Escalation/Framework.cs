using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>A dated, versioned set of rules that turns indicators into a level from 1 (least pressure) to 4.</summary>
/// <param name="AppliesTo">The kinds of organisation it judges.</param>
/// <param name="Valid">The days on which this version judges.</param>
/// <param name="Grid">How far apart its readings stand; a reading stands at the end of a period.</param>
/// <param name="Levels">Which share of the available points, in percent, is which level; covers 0 to 100 without gap or overlap.</param>
public sealed record Framework(
    string Key,
    string Version,
    string Name,
    string Description,
    IReadOnlyList<OrganisationKind> AppliesTo,
    DateSpan Valid,
    Cadence Grid,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<LevelCut> Levels,
    MissingDataPolicy MissingData)
{
    public bool Judges(OrganisationKind kind, DateOnly date) => AppliesTo.Contains(kind) && Valid.Contains(date);
}

/// <summary>An indicator that a framework scores.</summary>
/// <param name="Bands">Which value scores how many points; covers the number line without gap or overlap.</param>
public sealed record Parameter(string Indicator, IReadOnlyList<Band> Bands)
{
    public int MaximumPoints => Bands.Max(band => band.Points);

    public Band BandOf(double value) => Bands.Single(band => band.Range.Contains(value));
}

/// <param name="Provenance">Where the band's edges and points come from; where they differ, the weaker of the two.</param>
/// <param name="Source">What states or suggests them.</param>
public sealed record Band(Interval Range, int Points, Provenance Provenance, string Source);

/// <param name="Level">1 to 4.</param>
/// <param name="Percent">The share of the available points, in percent, that is this level.</param>
public sealed record LevelCut(int Level, Interval Percent, Provenance Provenance, string Source);

/// <summary>
/// When a level may be given although inputs are missing. What cannot be measured (not applicable) is out of the maximum; what is
/// missing is out of the score and out of the available maximum, never a zero, and counts against the observable share.
/// </summary>
/// <param name="MinimumIndicators">At least 2: no decision on a single metric in isolation.</param>
/// <param name="MinimumServiceDomains">At least 2.</param>
/// <param name="MinimumObservablePercent">Share of the applicable points, in percent, that must be observable.</param>
/// <param name="MinimumCoveragePercent">
/// How much of what is expected an indicator must be made of, in percent; with less of it, it is missing: the figures of one calm
/// hospital do not stand for a system whose others are silent.
/// </param>
public sealed record MissingDataPolicy(
    int MinimumIndicators,
    int MinimumServiceDomains,
    double MinimumObservablePercent,
    double MinimumCoveragePercent,
    Provenance Provenance,
    string Source);
