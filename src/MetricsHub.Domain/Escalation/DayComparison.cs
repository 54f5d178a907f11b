namespace MetricsHub.Domain.Escalation;

/// <summary>What a framework makes of an organisation's day.</summary>
/// <param name="Level">The highest calculated level of the day, 1 to 4; 0 where none was calculated.</param>
/// <param name="ShownLevel">The highest level shown on it, 1 to 4; 0 where there never was one.</param>
public readonly record struct LevelDay(DateOnly Day, int Level, int ShownLevel);

/// <summary>How two frameworks' days stand to each other.</summary>
public enum DayStanding
{
    Same,
    Differs,

    /// <summary>One of both has no level: nothing can be said, and least of all that they agree.</summary>
    Unknown,
}

/// <summary>One organisation's day under a framework and under the one that it is compared with.</summary>
public readonly record struct DayPair(LevelDay Candidate, LevelDay Against)
{
    public DateOnly Day => Candidate.Day;

    public DayStanding Calculated => Candidate.Level == 0 || Against.Level == 0 ? DayStanding.Unknown
        : Candidate.Level == Against.Level ? DayStanding.Same : DayStanding.Differs;

    /// <summary>Of the levels shown: a day without a calculated level is unknown here as well, whatever is held over from before.</summary>
    public DayStanding Shown => Calculated == DayStanding.Unknown ? DayStanding.Unknown
        : Candidate.ShownLevel == Against.ShownLevel ? DayStanding.Same : DayStanding.Differs;
}

/// <summary>Two frameworks over the days of one organisation.</summary>
/// <param name="Pairs">The days that both have, oldest first.</param>
public sealed record DayComparison(IReadOnlyList<DayPair> Pairs)
{
    /// <summary>Days that only one of both judges are left out.</summary>
    public static DayComparison Of(IEnumerable<LevelDay> candidate, IEnumerable<LevelDay> against) =>
        new([.. candidate.Join(against, day => day.Day, day => day.Day, (one, other) => new DayPair(one, other)).OrderBy(pair => pair.Day)]);

    public int UnknownDays => Pairs.Count(pair => pair.Calculated == DayStanding.Unknown);

    public int CalculatedDiffers => Pairs.Count(pair => pair.Calculated == DayStanding.Differs);

    public int ShownDiffers => Pairs.Count(pair => pair.Shown == DayStanding.Differs);

    /// <summary>The days on which either level differs, or nothing can be said.</summary>
    public IEnumerable<DayPair> Noteworthy => Pairs.Where(pair => pair.Calculated != DayStanding.Same || pair.Shown != DayStanding.Same);
}
