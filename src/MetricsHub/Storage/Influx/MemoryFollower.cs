using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>Has the memory know what was stored since, by this process or another: whole releases, one step after the other, and never back.</summary>
internal sealed class MemoryFollower(
    ReleaseLog releases, StatementSource source, HistoryReader history, StatementReader reader, IReleaseClock clock, InfluxMemory memory) : IDisposable
{
    private readonly SemaphoreSlim changing = new(1, 1);

    /// <summary>Takes up whatever the ledger says is finished.</summary>
    public async Task<ReleaseStanding> FollowAsync(CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            var standing = await clock.ReadAsync(cancellationToken);
            if (standing.Finished > memory.Version)
            {
                await TakeUpAsync(standing, cancellationToken);
            }

            return standing;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Takes up a release that this process has finished when it knew everything before it.</summary>
    /// <param name="changes">What has become current by it.</param>
    public async Task KnowAsync(InfluxRelease release, IReadOnlyList<StatementRow> changes)
    {
        await changing.WaitAsync(CancellationToken.None);
        try
        {
            if (memory.Version < release.RecordedAt)
            {
                var statements = await reader.ToStatementsAsync(changes, CancellationToken.None);
                lock (memory.Gate)
                {
                    memory.Offer(statements);
                    memory.Closed(release.Source.ToString(), release.Publication.ToString(), release.RecordedAt);
                    memory.Reached(release.RecordedAt, memory.Overtaken);
                }
            }
        }
        finally
        {
            changing.Release();
        }
    }

    public void Dispose() => changing.Dispose();

    private async Task TakeUpAsync(ReleaseStanding standing, CancellationToken cancellationToken)
    {
        var closed = await releases.ListClosedAsync(memory.Version, standing.Finished, cancellationToken);
        var keys = new HashSet<(SeriesKey Series, Period Period)>();
        foreach (var release in closed)
        {
            var rows = await source.ReadReleaseAsync(release, cancellationToken);
            keys.UnionWith(rows.Select(row => row.Key).Where(key => memory.MayChangeBy(key.Series, key.Period)));
        }

        var current = await history.ReadCurrentAsync(keys, standing.Finished, cancellationToken);
        var statements = await reader.ToStatementsAsync(current, cancellationToken);
        lock (memory.Gate)
        {
            memory.Offer(statements);
            foreach (var release in closed)
            {
                memory.Closed(release.Source.ToString(), release.Publication.ToString(), release.RecordedAt);
            }

            memory.Reached(standing.Finished, standing.Overtaken);
        }
    }
}
