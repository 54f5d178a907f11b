namespace MetricsHub.Domain.Escalation;

/// <summary>What is known of one input at one slot. The default is a missing one: never a zero.</summary>
/// <param name="Band">The position of the band that the value falls into; 0 where there is no value.</param>
/// <param name="Value">The indicator's value; 0 where there is none.</param>
public readonly record struct InputState(InputStatus Status, int Band = 0, double Value = 0)
{
    public static readonly InputState Missing;
    public static readonly InputState NotApplicable = new(InputStatus.NotApplicable);
}

/// <summary>Whether an input is there.</summary>
public enum InputStatus : byte
{
    /// <summary>It should be there and is not, is too old, too thin, or was refused.</summary>
    Missing,

    /// <summary>There is nothing to measure.</summary>
    NotApplicable,
    Present,
}

/// <summary>Why a slot has no level.</summary>
public enum NoLevel : byte
{
    /// <summary>It has one.</summary>
    None,
    TooFewIndicators,
    TooFewServiceDomains,
    TooFewPoints,
}

/// <summary>What a framework makes of one slot. A value, so that a year of slots is one array.</summary>
/// <param name="Why">Why there is no level.</param>
/// <param name="Level">The calculated level, 1 to 4; 0 where there is none.</param>
/// <param name="Score">The points on the framework's scale, before rounding; 0 where nothing is available.</param>
/// <param name="WorstScore">The same with every missing input at its worst; never less.</param>
/// <param name="Points">Points of the inputs that are there, weights included.</param>
/// <param name="Available">The most that these could have scored.</param>
/// <param name="Applicable">The most that these and the missing ones could have scored together.</param>
/// <param name="LowestLevel">The level with every missing input at its best.</param>
/// <param name="HighestLevel">The level with every missing input at its worst.</param>
public readonly record struct SlotOutcome(
    NoLevel Why,
    byte Level,
    byte LowestLevel,
    byte HighestLevel,
    byte Indicators,
    byte ServiceDomains,
    decimal Score,
    decimal WorstScore,
    decimal Points,
    decimal Available,
    decimal Applicable)
{
    public bool IsCalculated => Level > 0;

    /// <summary>The share of the applicable points that is missing, in percent; 100 where nothing is applicable.</summary>
    public double UnknownPercent => Applicable > 0 ? 100.0 * (double)(Applicable - Available) / (double)Applicable : 100;

    /// <summary>The share of the applicable points that is there, in percent; 0 where nothing is applicable.</summary>
    public double ObservablePercent => Applicable > 0 ? 100.0 * (double)Available / (double)Applicable : 0;

    public LevelBounds Bounds => new(LowestLevel, HighestLevel, UnknownPercent);

    /// <summary>Why there is no level, in words; null where there is one.</summary>
    public string? WhyNot(MissingDataPolicy policy) => Why switch
    {
        NoLevel.None => null,
        NoLevel.TooFewIndicators =>
            $"It would rest on {Count(Indicators, "indicator")}; at least {policy.MinimumIndicators} are required.",
        NoLevel.TooFewServiceDomains =>
            $"It would rest on {Count(ServiceDomains, "service domain")}; at least {policy.MinimumServiceDomains} are required.",
        _ => FormattableString.Invariant(
            $"Only {ObservablePercent:0.#} % of the points are observable; at least {policy.MinimumObservablePercent:0.#} % are required."),
    };

    private static string Count(int number, string noun) => number switch
    {
        0 => $"no {noun}",
        1 => $"1 {noun}",
        _ => $"{number} {noun}s",
    };
}

/// <summary>Between which levels the level lies whatever the missing inputs are.</summary>
/// <param name="Lowest">With every missing input at its best.</param>
/// <param name="Highest">With every missing input at its worst.</param>
/// <param name="UnknownPercent">The share of the applicable points that is missing, in percent.</param>
public readonly record struct LevelBounds(int Lowest, int Highest, double UnknownPercent)
{
    public bool IsCertain => Lowest == Highest;
}
