using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Escalation.Explanation;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>What changed between two instants of knowing: data, rules, or both.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="At">The instant asked for: each framework's newest slot that had ended by then is compared.</param>
/// <param name="AsOf">The earlier instant of knowing.</param>
/// <param name="And">The later one.</param>
/// <param name="EngineVersion">The arithmetic by which all is made anew.</param>
/// <param name="Items">One for each framework that judged the organisation at either instant.</param>
internal sealed record ComparisonAnswer(
    OrganisationName Organisation, DateTimeOffset At, DateTimeOffset AsOf, DateTimeOffset And, string EngineVersion, IReadOnlyList<ComparisonItem> Items);

/// <summary>The level of one slot by one framework, as known at two instants. Who lies below whom and who is open when is today's in all of it.</summary>
/// <param name="Framework">The framework's key.</param>
/// <param name="Changed">
/// none, data, rules, both; engine (another engine judged at the earlier instant, and its rules cannot be run by this one); or unknown (the
/// ledger has no rules for one of the instants).
/// </param>
/// <param name="DataChanged">Whether what goes into the level differs, what was shown before included.</param>
/// <param name="RulesChanged">Whether what decides differs; null where it cannot be said.</param>
/// <param name="RulesThen">The rules at the earlier instant; null where the ledger has none.</param>
/// <param name="RulesNow">The rules at the later instant; null where the ledger has none.</param>
/// <param name="Cells">The earlier and the later data, each by the earlier and the later rules, as far as these can be run.</param>
/// <param name="Moved">The inputs that differ between the earlier and the later reading, each by its own rules where these can be run.</param>
/// <param name="Observations">The statements that differ, of those that one of the readings rests on.</param>
/// <param name="RuleDifferences">Where the rules differ.</param>
internal sealed record ComparisonItem(
    string Framework,
    string Changed,
    bool DataChanged,
    bool? RulesChanged,
    RulesItem? RulesThen,
    RulesItem? RulesNow,
    IReadOnlyList<CellItem> Cells,
    IReadOnlyList<MovedInputItem> Moved,
    IReadOnlyList<ChangedObservationItem> Observations,
    IReadOnlyList<RuleDifferenceItem> RuleDifferences)
{
    public static ComparisonItem Of(Comparison found) => new(
        found.Framework,
        found.Changed.ToWord(),
        found.DataChanged,
        found.RulesChanged,
        RulesItem.Of(found.Then.Entry),
        RulesItem.Of(found.Now.Entry),
        [
            .. new[]
            {
                CellItem.Of("then", "then", found.ThenByThen), CellItem.Of("now", "then", found.NowByThen),
                CellItem.Of("then", "now", found.ThenByNow), CellItem.Of("now", "now", found.NowByNow),
            }.OfType<CellItem>(),
        ],
        (found.ThenByThen ?? found.ThenByNow, found.NowByNow ?? found.NowByThen) is ({ } before, { } after)
            ? MovedInputItem.Between(before.Reading, after.Reading)
            : [],
        [.. found.Observations.Select(ChangedObservationItem.Of)],
        [.. found.RuleDifferences.Select(difference => new RuleDifferenceItem(difference.Path, difference.Before, difference.After))]);
}

/// <summary>Rules as they were in force.</summary>
/// <param name="Version">The framework's version.</param>
/// <param name="RulesHash">SHA-256 of everything that decides a level by them.</param>
/// <param name="EngineVersion">The engine that judged by them.</param>
/// <param name="Since">From when on, by this hub's clock.</param>
internal sealed record RulesItem(string Version, string RulesHash, string EngineVersion, DateTimeOffset Since)
{
    public static RulesItem? Of(RulesInForce? entry) =>
        entry is { Hash: { } hash } ? new RulesItem(entry.Version, hash, entry.EngineVersion, entry.Since) : null;
}

/// <summary>The data of one instant by the rules of one.</summary>
/// <param name="Data">then or now.</param>
/// <param name="Rules">then or now.</param>
/// <param name="InputsHash">SHA-256 of what decides of the inputs.</param>
/// <param name="Hash">SHA-256 of engine version, rules, inputs and outcome.</param>
/// <param name="Reading">What it comes to.</param>
internal sealed record CellItem(string Data, string Rules, string InputsHash, string Hash, SideItem Reading)
{
    public static CellItem? Of(string data, string rules, Derivation? derivation) => derivation is null
        ? null
        : new CellItem(data, rules, derivation.InputsHash, derivation.Hash, SideItem.Of(derivation.Rules, derivation.Reading, derivation.Shown));
}

/// <summary>A statement that is not the same at both instants.</summary>
/// <param name="Change">new, revised, restated (the same figure by another publication or row) or withdrawn.</param>
/// <param name="Metric">The metric's key.</param>
/// <param name="Organisation">Whose.</param>
/// <param name="PeriodStart">The start of its period.</param>
/// <param name="PeriodEnd">Its end, exclusive.</param>
/// <param name="Before">As known at the earlier instant; null where nothing was stated.</param>
/// <param name="After">As known at the later one; null where nothing is stated.</param>
internal sealed record ChangedObservationItem(
    string Change, string Metric, string Organisation, DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, StatedItem? Before, StatedItem? After)
{
    public static ChangedObservationItem Of(ChangedStatement changed)
    {
        var statement = (changed.After ?? changed.Before)!;
        return new ChangedObservationItem(
            changed.Kind.ToWord(), statement.Series.Metric.ToString(), statement.Series.Organisation.ToString(), statement.Period.Start, statement.Period.End,
            StatedItem.Of(changed.Before), StatedItem.Of(changed.After));
    }
}

/// <summary>What a publication states.</summary>
/// <param name="Value">The number; null where it is an absence.</param>
/// <param name="Absence">The coded absence; null where it is a number.</param>
/// <param name="Publication">The publication's id.</param>
/// <param name="Row">The row, counted from 1.</param>
/// <param name="RecordedAt">When this hub learnt it.</param>
internal sealed record StatedItem(double? Value, string? Absence, string Publication, int Row, DateTimeOffset RecordedAt)
{
    public static StatedItem? Of(RecordedStatement? statement) => statement is null
        ? null
        : new StatedItem(
            statement.Figure.TryGetNumber(out var number) ? number : null, statement.Figure.Absence?.ToText(), statement.Publication.ToString(),
            statement.Row, statement.RecordedAt);
}

/// <summary>One place at which rules differ.</summary>
/// <param name="Path">Where.</param>
/// <param name="Before">What stood there, as JSON; null where nothing did.</param>
/// <param name="After">What stands there, as JSON; null where nothing does.</param>
internal sealed record RuleDifferenceItem(string Path, string? Before, string? After);
