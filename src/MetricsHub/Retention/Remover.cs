using MetricsHub.Catalogue;
using MetricsHub.Storage;
using Microsoft.Extensions.Options;

namespace MetricsHub.Retention;

/// <summary>Removes what need not be kept for ever. No answer about a level changes by it, at whatever instant.</summary>
internal sealed partial class Remover(
    ILedgerRetention ledger,
    IArchiveStore archive,
    HubCatalogue catalogue,
    KeepersTurn turn,
    IOptions<RetentionOptions> options,
    TimeProvider clock,
    ILogger<Remover> logger)
{
    /// <exception cref="KeepersBusyException">A backup is under way, and stays so.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var mine = await turn.TakeAsync(cancellationToken);
        var now = clock.GetUtcNow();
        await RemoveAsync("runs", options.Value.RunDays, before => ledger.RemoveRunsAsync(before, now, cancellationToken));
        await RemoveAsync("push keys", options.Value.PushKeyDays, before => ledger.RemovePushesAsync(before, now, cancellationToken));
        await RemoveAsync("texts of rejections", options.Value.RefusedTextDays, before => ledger.RemoveRefusedTextAsync(before, now, cancellationToken));
        await RemoveAsync("readings", options.Value.TrialReadingDays, before => RemoveReadingsAsync(before, now, cancellationToken));
        await RemoveAsync("publications' bytes", options.Value.ArchiveDays, before => RemoveBytesAsync(before, now, cancellationToken));
    }

    private Task<long> RemoveReadingsAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var versions = catalogue.Frameworks.Select(FrameworkVersion.Of).ToList();
        var shadows = catalogue.Frameworks.Where(framework => framework.IsShadow).Select(FrameworkVersion.Of).ToList();
        return ledger.RemoveReadingsAsync(versions, shadows, before, now, cancellationToken);
    }

    // The ledger says so first: a process that dies in between leaves bytes that the next run finds and removes.
    private async Task<long> RemoveBytesAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var entered = await ledger.EnterBytesRemovedAsync(before, now, cancellationToken);
        var archived = (await archive.ListAsync(cancellationToken)).ToHashSet();
        foreach (var publication in (await ledger.ListBytesRemovedAsync(cancellationToken)).Where(archived.Contains))
        {
            await archive.RemoveAsync(publication, cancellationToken);
        }

        return entered;
    }

    private async Task RemoveAsync(string what, int days, Func<DateTimeOffset, Task<long>> remove)
    {
        if (days > 0 && await remove(clock.GetUtcNow().AddDays(-days)) is > 0 and var removed)
        {
            LogRemoved(removed, what, days);
        }
    }

    [LoggerMessage(EventId = 9010, Level = LogLevel.Information, Message = "Removed {Count} {What} that were older than {Days} days")]
    private partial void LogRemoved(long count, string what, int days);
}
