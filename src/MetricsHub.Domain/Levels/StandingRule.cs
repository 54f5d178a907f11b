namespace MetricsHub.Domain.Levels;

/// <summary>From which share of a time on an input, or a level, is said to stand still: it tells nothing any more. In percent of all time.</summary>
/// <param name="LeastReadings">With fewer of them nothing is said.</param>
public sealed record StandingRule(
    double WorstBandPercent, double BestBandPercent, double MissingPercent, double LevelPercent, int LeastReadings, Provenance Provenance, string Source)
{
    /// <summary>What stands still, in words; the level first, then the inputs in the order of the framework.</summary>
    /// <param name="nameOf">An indicator's name, by its key.</param>
    public IReadOnlyList<StandingFinding> Find(LevelHealth health, Func<string, string> nameOf) =>
        health.Readings < LeastReadings ? [] : [.. OfLevels(health), .. health.Inputs.SelectMany(input => Of(input, nameOf(input.Parameter.Indicator)))];

    private IEnumerable<StandingFinding> OfLevels(LevelHealth health)
    {
        foreach (var (index, share) in health.Calculated.Index().Where(level => level.Item.Percent >= LevelPercent))
        {
            yield return new StandingFinding(null, StandingKind.Level, share, $"The level was {index + 1} on {Told(share)}: it no longer discriminates.");
        }

        if (health.NotCalculated.Percent >= MissingPercent)
        {
            yield return new StandingFinding(
                null, StandingKind.Missing, health.NotCalculated, $"The level could not be calculated on {Told(health.NotCalculated)}: it says little of them.");
        }
    }

    private IEnumerable<StandingFinding> Of(InputHealth input, string name)
    {
        if (input.Worst.Percent >= WorstBandPercent)
        {
            yield return Finding(StandingKind.WorstBand, input.Worst, $"was in its worst band on {Told(input.Worst)}: it no longer discriminates.");
        }

        if (input.Best.Percent >= BestBandPercent)
        {
            yield return Finding(StandingKind.BestBand, input.Best, $"was in its best band on {Told(input.Best)}: it does not discriminate.");
        }

        if (input.Missing.Percent >= MissingPercent)
        {
            yield return Finding(StandingKind.Missing, input.Missing, $"was missing on {Told(input.Missing)}: it says little of them.");
        }

        StandingFinding Finding(StandingKind kind, TimeShare share, string text) => new(input.Parameter.Indicator, kind, share, $"{name} {text}");
    }

    /// <summary>Rounded down: 89.9 % never reads as 90 %.</summary>
    private static string Told(TimeShare share) => share.Whole >= TimeSpan.FromDays(2)
        ? FormattableString.Invariant($"{Math.Floor(share.Percent):0} % of {share.Whole.TotalDays:0} days")
        : FormattableString.Invariant($"{Math.Floor(share.Percent):0} % of {share.Whole.TotalHours:0} hours");
}

public enum StandingKind
{
    Level,
    WorstBand,
    BestBand,
    Missing,
}

/// <summary>Something that stands still.</summary>
/// <param name="Indicator">The indicator's key; null for the level itself.</param>
/// <param name="Text">A sentence for a reader.</param>
public sealed record StandingFinding(string? Indicator, StandingKind Kind, TimeShare Share, string Text);

/// <summary>What a level's health is held to.</summary>
public sealed record LevelHealthRules(ChatterRule Chatter, StandingRule Standing);
