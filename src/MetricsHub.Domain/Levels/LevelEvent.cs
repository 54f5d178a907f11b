using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Domain.Levels;

/// <summary>Of which level an event tells.</summary>
public enum LevelTrack
{
    Calculated,
    Shown,
    Declared,

    /// <summary>Of none: other rules judge from here on, and levels before and after are never compared.</summary>
    Framework,
}

public enum LevelEventKind
{
    /// <summary>The first level there is.</summary>
    First,
    Rise,
    Fall,

    /// <summary>There is no level any more; of the shown one: for longer than it is held.</summary>
    BecameUnknown,

    /// <summary>There is a level again.</summary>
    CameBack,
    VersionBreak,

    /// <summary>A declared level begins to stand.</summary>
    Begun,
    Expired,
    Ended,
    Replaced,
}

/// <summary>A change of a level.</summary>
/// <param name="At">The end of the slot at which it came; of a declared level the instant.</param>
/// <param name="From">The level before, or the one known last; null where there was none.</param>
/// <param name="To">The level from here on; null where there is none.</param>
/// <param name="AlertsAs">What the level sorts and alerts as from here on: where it is unknown, the one known last, or more; null where it never does.</param>
/// <param name="Lasted">For how long the state before had lasted; null where there was none.</param>
/// <param name="Version">The version of the framework that judges from here on.</param>
/// <param name="Outcome">What the framework makes of the slot; null for what is declared.</param>
/// <param name="ComparedWith">The end of the slot with whose inputs those of this one are to be compared for the cause; null where there is none.</param>
/// <param name="Declaration">What was declared; null for the other tracks.</param>
public sealed record LevelEvent(
    DateTimeOffset At,
    LevelTrack Track,
    LevelEventKind Kind,
    int? From,
    int? To,
    int? AlertsAs,
    TimeSpan? Lasted,
    string Version,
    SlotOutcome? Outcome = null,
    DateTimeOffset? ComparedWith = null,
    Declaration? Declaration = null);

/// <summary>One slot of an organisation's way, with the version of the framework that judged it.</summary>
public readonly record struct VersionedOutcome(string Version, ShownOutcome Reading);
