using Hangfire;
using MetricsHub.Retention;
using MetricsHub.Storage.DuckDb;

namespace MetricsHub.Jobs;

/// <summary>The recurring job <c>housekeeping</c>: sorts and rolls up closed months, which makes long reads fast, and removes what need not be kept. No answer about a level changes by either.</summary>
internal sealed class HousekeepingJob(DuckDbObservationStore store, Remover remover, TimeProvider clock)
{
    public const string Id = "housekeeping";

    /// <summary>At night, when nobody collects; a month is closed five weeks after its end, when most revisions have come.</summary>
    public const string Schedule = "20 3 * * *";

    private static readonly TimeSpan UntilClosed = TimeSpan.FromDays(35);

    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    [DisableConcurrentExecution(Id, 0)]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await store.CompactAsync(clock.GetUtcNow() - UntilClosed, cancellationToken);
        await remover.RunAsync(cancellationToken);
    }
}
