using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Brings to its end what a process has closed and left: its closing line, and what is current by it. Whoever takes the turn does so before
/// anything else. What is current is worked out from history, which has had all of the release since before it was closed.
/// </summary>
internal sealed partial class ReleaseFinisher(
    InfluxClient client, ReleaseLog releases, StatementSource source, HistoryReader history, IReleaseClock clock, TimeProvider time, ILogger<ReleaseFinisher> logger)
{
    /// <summary>Does nothing where nothing was left.</summary>
    /// <exception cref="OvertakenException">Another process does it.</exception>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var standing = await clock.ReadAsync(cancellationToken);
        if (standing.IsFinished)
        {
            return;
        }

        var release = await releases.FindOpenedAsync(standing.Closed, cancellationToken)
            ?? throw new InfluxException($"{client.Access} lacks the release of {StoreTime.FromMicroseconds(standing.Closed):O}, which the ledger has as stored: they do not belong together.");
        var since = await clock.TakeOverAsync(standing, time.GetUtcNow(), cancellationToken);
        await releases.CloseAsync(release, cancellationToken);
        var stated = (await source.ReadReleaseAsync(release, cancellationToken)).Select(row => row.Key).ToHashSet();
        var current = await history.ReadCurrentAsync(stated, since, cancellationToken);
        await client.WriteAsync([.. current.Select(row => row.ToCurrentLine(since))], cancellationToken);
        await clock.FinishAsync(since, cancellationToken);
        LogFinished(release.Source, release.Recorded, current.Count);
    }

    [LoggerMessage(EventId = 4120, Level = LogLevel.Information, Message = "Finished the release of {Source} of {Recorded:O}, which was left before its end; {Count} statements are current by it")]
    private partial void LogFinished(SourceKey source, DateTimeOffset recorded, int count);
}
