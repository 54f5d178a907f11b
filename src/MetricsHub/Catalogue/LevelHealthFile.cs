namespace MetricsHub.Catalogue;

/// <summary>What the health of a level is held to.</summary>
internal sealed class LevelHealthFile
{
    public ChatterEntry? Chatter { get; init; }

    public StandingEntry? Standing { get; init; }
}

internal sealed class ChatterEntry : RuleEntry
{
    public double? StartsAt { get; init; }

    public double? EndsAt { get; init; }
}

internal sealed class StandingEntry : RuleEntry
{
    public double? WorstBandPercent { get; init; }

    public double? BestBandPercent { get; init; }

    public double? MissingPercent { get; init; }

    public double? LevelPercent { get; init; }

    public int? LeastReadings { get; init; }
}
