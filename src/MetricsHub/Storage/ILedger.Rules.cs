using MetricsHub.Domain.Escalation;

namespace MetricsHub.Storage;

internal partial interface ILedger
{
    /// <summary>
    /// Enters the rules that are in force from an instant on, as far as they are others than those entered last; framework versions that are
    /// not among them are out of force. Returns what was entered, by framework and version.
    /// </summary>
    /// <param name="rules">Those of every framework version of the catalogue.</param>
    Task<IReadOnlyList<RulesInForce>> EnterRulesAsync(
        IReadOnlyList<FrameworkRules> rules, string engineVersion, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Every entry of rules, oldest first.</summary>
    /// <param name="framework">Those of one framework; null for all.</param>
    Task<IReadOnlyList<RulesInForce>> ListRulesAsync(string? framework, CancellationToken cancellationToken);
}

/// <summary>The rules of a framework version as they were in force from an instant on, to the next entry of that version.</summary>
/// <param name="Framework">The framework's key.</param>
/// <param name="Hash">The hash of the rules; null where the version was taken out of the catalogue.</param>
/// <param name="Text">From which the rules can be read back by the same engine version; null with the hash.</param>
internal sealed record RulesInForce(string Framework, string Version, string EngineVersion, string? Hash, string? Text, DateTimeOffset Since);
