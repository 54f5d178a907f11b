using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>A dated, versioned set of rules that turns indicators into a level from 1 (least pressure) to 4.</summary>
/// <param name="National">
/// Whether it is a nation's own framework, kept as it is: one service domain may carry its level, and its answers say so.
/// </param>
/// <param name="AppliesTo">The kinds of organisation it judges.</param>
/// <param name="Valid">The days on which this version judges whoever has not <see cref="Adopted"/> it on days of its own.</param>
/// <param name="Grid">How far apart its readings stand; a reading stands at the end of a period.</param>
/// <param name="Unscored">Inputs that belong to it and cannot be scored yet: out of the maximum, and named in every answer.</param>
/// <param name="Levels">Which score is which level; covers the scale of <paramref name="Scoring"/> without gap or overlap, and rises.</param>
public sealed record Framework(
    string Key,
    string Version,
    string Name,
    string Description,
    bool National,
    IReadOnlyList<OrganisationKind> AppliesTo,
    DateSpan Valid,
    Cadence Grid,
    ScoringRule Scoring,
    IReadOnlyList<Parameter> Parameters,
    IReadOnlyList<UnscoredParameter> Unscored,
    IReadOnlyList<LevelCut> Levels,
    MissingDataPolicy MissingData,
    HysteresisPolicy Hysteresis,
    FrameworkStatus Status = FrameworkStatus.Active)
{
    /// <summary>Who is judged by this version on other days than <see cref="Valid"/>, with everything below.</summary>
    public IReadOnlyList<Adoption> Adopted { get; init; } = [];

    /// <summary>How its scores roll up to organisations above those it judges; null where they do not.</summary>
    public RollUpPolicy? RollUp { get; init; }

    /// <summary>Whether this version judges an organisation on a day: one of a kind that it judges, for which it is in force.</summary>
    public bool Judges(Organisation organisation, DateOnly date, OrganisationTree tree) =>
        AppliesTo.Contains(organisation.Kind) && IsInForce(organisation.Code, date, tree);

    /// <summary>
    /// Whether this version is the one for an organisation of any kind on a day. The nearest that is named in <see cref="Adopted"/>, from the organisation
    /// itself upwards in the tree of that day, decides by its own days alone; where nobody is, <see cref="Valid"/> does.
    /// </summary>
    public bool IsInForce(OrganisationCode organisation, DateOnly date, OrganisationTree tree) =>
        Adopted.Count > 0 && AdopterOf(organisation, date, tree) is { } adopter
            ? Adopted.Any(adoption => adoption.Organisation == adopter && adoption.Valid.Contains(date))
            : Valid.Contains(date);

    /// <summary>Whether it is only tried out: evaluated like any other, and in no answer that did not ask for it.</summary>
    public bool IsShadow => Status == FrameworkStatus.Shadow;

    /// <summary>The most that its parameters could score together.</summary>
    public decimal MaximumPoints => Parameters.Sum(parameter => parameter.MaximumPoints);

    /// <summary>Where its scale ends: 100 in percent, or the sum of all points.</summary>
    public decimal FullScale => Scoring.Mode == ScoringMode.PercentOfAvailable ? 100 : MaximumPoints;

    private OrganisationCode? AdopterOf(OrganisationCode organisation, DateOnly date, OrganisationTree tree)
    {
        for (OrganisationCode? next = organisation; next is { } code; next = tree.ParentOf(code, date)?.Parent)
        {
            if (Adopted.Any(adoption => adoption.Organisation == code))
            {
                return code;
            }
        }

        return null;
    }
}

/// <summary>Whether a framework's levels are given, or only compared.</summary>
public enum FrameworkStatus
{
    Active,

    /// <summary>A candidate: its levels are kept beside those of the frameworks that are in force, to be compared with them.</summary>
    Shadow,
}

/// <summary>What the cuts of the levels are cuts of.</summary>
public enum ScoringMode
{
    /// <summary>The share of the available points, in percent.</summary>
    PercentOfAvailable,

    /// <summary>
    /// The points. Where inputs are missing their points are not zero: the sum is scaled from the available points to all of them.
    /// </summary>
    Sum,
}

/// <summary>What is done with a score before it is cut: weights and roll-ups make fractions, and whole-numbered bands leave gaps.</summary>
public enum Rounding
{
    /// <summary>Nothing: 22.4 lies above a cut at 22.</summary>
    None,

    /// <summary>To the nearest whole number, halves up: 22.4 is cut as 22.</summary>
    HalfUp,
}

public sealed record ScoringRule(ScoringMode Mode, Rounding Rounding, Provenance Provenance, string Source);

/// <summary>An indicator that belongs to a framework and has no known bands.</summary>
/// <param name="Name">As the framework's publisher names it, or as it is guessed to be named.</param>
/// <param name="Reason">Why it is not scored.</param>
public sealed record UnscoredParameter(string Name, string Reason, Provenance Provenance, string Source);

/// <param name="Level">1 to 4.</param>
/// <param name="Range">The scores, in percent or in points, that are this level.</param>
public sealed record LevelCut(int Level, Interval Range, Provenance Provenance, string Source);

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
/// <param name="HoldSlots">For how many slots without a level the last one is held, before it is unknown; 0 or more.</param>
public sealed record MissingDataPolicy(
    int MinimumIndicators,
    int MinimumServiceDomains,
    double MinimumObservablePercent,
    double MinimumCoveragePercent,
    int HoldSlots,
    Provenance Provenance,
    string Source);

/// <summary>How long a level goes on being shown after the score has fallen below it. Rising needs no patience.</summary>
/// <param name="Margin">How far below the edge the score has to lie, in the unit of the cuts; 0 or more.</param>
/// <param name="Slots">For how many slots on end, 1 or more.</param>
public sealed record HysteresisPolicy(decimal Margin, int Slots, Provenance Provenance, string Source);

/// <summary>How scores roll up to organisations above those that are judged.</summary>
/// <param name="From">The kind of organisation whose own readings it begins with; one that the framework judges.</param>
/// <param name="MinimumCoveragePercent">How much of the weight below an organisation has to have a score for a level of it, in percent.</param>
public sealed record RollUpPolicy(OrganisationKind From, double MinimumCoveragePercent, Provenance Provenance, string Source);
