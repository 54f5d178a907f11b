using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>At the start of the hub: enters the rules of the catalogue in the ledger, and says where they changed without a new version.</summary>
internal sealed partial class RulesEntry(HubCatalogue catalogue, ILedger ledger, TimeProvider clock, ILogger<RulesEntry> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var entered = await ledger.EnterRulesAsync(
            [.. catalogue.Frameworks.Select(catalogue.RulesOf)], EngineVersion.Current, clock.GetUtcNow(), cancellationToken);
        if (entered.Count == 0)
        {
            return;
        }

        var all = await ledger.ListRulesAsync(framework: null, cancellationToken);
        foreach (var entry in entered.Where(entry => RulesHistory.ChangedWithoutVersion(all, entry.Framework, entry.Version) == entry.Since))
        {
            LogChanged(entry.Framework, entry.Version);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 6010, Level = LogLevel.Warning, Message = "The rules of {Framework} changed and its version is still {Version}: its levels from now on and those of before were made by different rules")]
    private partial void LogChanged(string framework, string version);
}
