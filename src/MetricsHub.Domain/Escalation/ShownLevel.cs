namespace MetricsHub.Domain.Escalation;

/// <summary>How the shown level of a slot stands to the slot's own figures.</summary>
public enum ShownStatus : byte
{
    /// <summary>There never was a level.</summary>
    NeverKnown,

    /// <summary>The slot has a level.</summary>
    Known,

    /// <summary>The slot has none; the last one is held.</summary>
    Held,

    /// <summary>None for longer than is held: "unknown, last known 3 since 14:15". Sorts and alerts as the last one known.</summary>
    Unknown,
}

/// <summary>
/// The level that is shown, and what has to be remembered from slot to slot to show it: it rises at once and falls with patience. A value:
/// two histories that have come to the same state go on alike.
/// </summary>
/// <param name="Level">
/// 1 to 4: the level shown, or, where the status is unknown, the one known last; what it sorts and alerts as. 0 where there never was one.
/// </param>
/// <param name="Since">The slot end from which it has been shown.</param>
/// <param name="CalmSlots">For how many slots on end the score has been low enough to fall.</param>
/// <param name="FallsTo">The level to which it falls when there have been enough of them; 0 where it is not about to.</param>
/// <param name="SlotsWithoutLevel">For how many slots on end there has been no level.</param>
public readonly record struct ShownLevel(
    ShownStatus Status, byte Level, DateTimeOffset Since, int CalmSlots, byte FallsTo, int SlotsWithoutLevel)
{
    /// <summary>How many calm slots more it takes to fall; null where it is not about to.</summary>
    public int? SlotsToFall(HysteresisPolicy policy) => CalmSlots > 0 ? policy.Slots - CalmSlots : null;

    /// <summary>The shown level one slot on.</summary>
    /// <param name="at">The slot's end.</param>
    public ShownLevel Next(Scorer scorer, SlotOutcome outcome, DateTimeOffset at)
    {
        if (!outcome.IsCalculated)
        {
            return Hold(scorer.Framework.MissingData.HoldSlots, outcome, at);
        }

        if (outcome.Level > Level)
        {
            return At(outcome.Level, at);
        }

        // As low as it may fall: where every missing input at its worst, and the margin on top, would still not lead higher.
        var policy = scorer.Framework.Hysteresis;
        var floor = (byte)scorer.Scale.LevelOf(outcome.WorstScore + policy.Margin);
        if (floor >= Level)
        {
            return At(Level, Since);
        }

        var fallsTo = Math.Max(FallsTo, floor);
        return CalmSlots + 1 >= policy.Slots
            ? At(fallsTo, at)
            : At(Level, Since) with { CalmSlots = CalmSlots + 1, FallsTo = fallsTo };
    }

    private static ShownLevel At(byte level, DateTimeOffset since) => new(ShownStatus.Known, level, since, 0, 0, 0);

    /// <summary>No level: the last one stands, or more where even the best of what is missing would be more; never less.</summary>
    private ShownLevel Hold(int holdSlots, SlotOutcome outcome, DateTimeOffset at)
    {
        if (Level == 0)
        {
            return default;
        }

        var without = SlotsWithoutLevel + 1;
        var rises = outcome.LowestLevel > Level;
        return new ShownLevel(
            without <= holdSlots ? ShownStatus.Held : ShownStatus.Unknown, rises ? outcome.LowestLevel : Level, rises ? at : Since, 0, 0, without);
    }
}
