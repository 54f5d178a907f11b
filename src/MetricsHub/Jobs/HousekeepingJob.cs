using Hangfire;
using MetricsHub.Storage.DuckDb;

namespace MetricsHub.Jobs;

/// <summary>The recurring job <c>housekeeping</c>: sorts and rolls up closed months, which makes long reads fast and changes no answer.</summary>
internal sealed class HousekeepingJob(DuckDbObservationStore store, TimeProvider clock)
{
    public const string Id = "housekeeping";

    /// <summary>At night, when nobody collects; a month is closed five weeks after its end, when most revisions have come.</summary>
    public const string Schedule = "20 3 * * *";

    private static readonly TimeSpan UntilClosed = TimeSpan.FromDays(35);

    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    [DisableConcurrentExecution(Id, 0)]
    public Task RunAsync(CancellationToken cancellationToken) => store.CompactAsync(clock.GetUtcNow() - UntilClosed, cancellationToken);
}
