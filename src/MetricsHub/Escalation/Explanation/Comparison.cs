using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>A slot's level as it was known at two instants: the earlier and the later data, each by the rules of the earlier and of the later.</summary>
/// <param name="Then">The rules that were in force at the earlier instant.</param>
/// <param name="Now">Those at the later one.</param>
/// <param name="ThenByThen">The earlier data by the earlier rules; null where these cannot be run.</param>
/// <param name="NowByThen">The later data by the earlier rules; null where these cannot be run.</param>
/// <param name="Observations">The statements that differ, of those that one of the readings rests on.</param>
internal sealed record Comparison(
    string Framework,
    RulesAt Then,
    RulesAt Now,
    Derivation? ThenByThen,
    Derivation? NowByThen,
    Derivation? ThenByNow,
    Derivation? NowByNow,
    IReadOnlyList<ChangedStatement> Observations)
{
    public bool DataChanged => ThenByThen?.InputsHash != NowByThen?.InputsHash || ThenByNow?.InputsHash != NowByNow?.InputsHash;

    /// <summary>Null where it cannot be said.</summary>
    public bool? RulesChanged =>
        Then.Entry is { } before && Now.Entry is { } after && before.EngineVersion == after.EngineVersion ? before.Hash != after.Hash : null;

    public ComparisonOutcome Changed => (Then.Entry, Now.Entry) switch
    {
        (null, _) or (_, null) => ComparisonOutcome.Unknown,
        ({ } before, { } after) when before.EngineVersion != after.EngineVersion => ComparisonOutcome.Engine,
        _ => (DataChanged, RulesChanged) switch
        {
            (true, true) => ComparisonOutcome.Both,
            (true, _) => ComparisonOutcome.Data,
            (_, true) => ComparisonOutcome.Rules,
            _ => ComparisonOutcome.None,
        },
    };

    /// <summary>Where the rules differ; empty where one of them cannot be read.</summary>
    public IReadOnlyList<RulesDifference> RuleDifferences => Then.Rules is { } before && Now.Rules is { } after
        ? RulesDifference.Between(before.DecidingText, after.DecidingText)
        : [];
}

/// <summary>What is different between two instants of knowing.</summary>
internal enum ComparisonOutcome
{
    None,
    Data,
    Rules,
    Both,

    /// <summary>Another engine judged: the earlier rules cannot be run by this one.</summary>
    Engine,

    /// <summary>The ledger has no rules for one of the instants.</summary>
    Unknown,
}

/// <summary>The rules of a framework that were in force at an instant.</summary>
/// <param name="Entry">As the ledger has them; null where it has none for the instant.</param>
/// <param name="Rules">Null where there is no entry, or another engine wrote it.</param>
internal sealed record RulesAt(RulesInForce? Entry, FrameworkRules? Rules)
{
    public static readonly RulesAt Unknown = new(null, null);
}

/// <summary>A statement that is not the same at two instants of knowing.</summary>
/// <param name="Before">Null where nothing was stated.</param>
/// <param name="After">Null where nothing is stated.</param>
internal sealed record ChangedStatement(RecordedStatement? Before, RecordedStatement? After)
{
    public StatementChange Kind => (Before, After) switch
    {
        (null, _) => StatementChange.New,
        (_, null or { Figure.Absence: AbsenceCode.Withdrawn }) => StatementChange.Withdrawn,
        _ when Before.Figure != After.Figure => StatementChange.Revised,
        _ => StatementChange.Restated,
    };
}

internal enum StatementChange
{
    New,
    Revised,

    /// <summary>The same figure, by another publication or in another row.</summary>
    Restated,
    Withdrawn,
}
