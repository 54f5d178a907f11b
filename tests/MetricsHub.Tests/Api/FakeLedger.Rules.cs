using MetricsHub.Domain.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Api;

internal sealed partial class FakeLedger
{
    public List<RulesInForce> Rules { get; } = [];

    public Task<IReadOnlyList<RulesInForce>> EnterRulesAsync(
        IReadOnlyList<FrameworkRules> rules, string engineVersion, DateTimeOffset at, CancellationToken cancellationToken)
    {
        RulesInForce[] entered =
            [.. rules.Select(entry => new RulesInForce(entry.Framework.Key, entry.Framework.Version, engineVersion, entry.Hash, entry.Text, at))];
        Rules.AddRange(entered);
        return Task.FromResult<IReadOnlyList<RulesInForce>>(entered);
    }

    public Task<IReadOnlyList<RulesInForce>> ListRulesAsync(string? framework, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RulesInForce>>([.. Rules.Where(entry => framework is null || entry.Framework == framework)]);
}
