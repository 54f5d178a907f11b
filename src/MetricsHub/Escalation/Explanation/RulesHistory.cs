using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>What the ledger's entries of rules say together.</summary>
internal static class RulesHistory
{
    /// <summary>The entry of a framework version that was in force at an instant; null where none was.</summary>
    /// <param name="entries">Oldest first.</param>
    public static RulesInForce? InForce(IEnumerable<RulesInForce> entries, string framework, string version, DateTimeOffset at) =>
        Of(entries, framework, version).LastOrDefault(entry => entry.Since <= at) is { Hash: not null } entry ? entry : null;

    /// <summary>
    /// When the rules of a framework version last became others although its version stayed; null where they never did. Where the engine
    /// is another one the rules may be written in another way, and nothing is concluded.
    /// </summary>
    /// <param name="entries">Oldest first.</param>
    public static DateTimeOffset? ChangedWithoutVersion(IEnumerable<RulesInForce> entries, string framework, string version)
    {
        var known = Of(entries, framework, version).Where(entry => entry.Hash is not null).ToList();
        return known.Zip(known.Skip(1))
            .Where(pair => pair.First.EngineVersion == pair.Second.EngineVersion && pair.First.Hash != pair.Second.Hash)
            .Select(pair => (DateTimeOffset?)pair.Second.Since)
            .LastOrDefault();
    }

    private static IEnumerable<RulesInForce> Of(IEnumerable<RulesInForce> entries, string framework, string version) =>
        entries.Where(entry => entry.Framework == framework && entry.Version == version);
}
