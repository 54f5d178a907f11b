using Hangfire;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;

namespace MetricsHub.Jobs;

/// <summary>
/// The recurring job <c>housekeeping</c>, one at a time among all processes: sorts and rolls up closed months of an embedded store, which makes
/// long reads fast and changes no answer.
/// </summary>
internal sealed class HousekeepingJob(IObservationStore store, JobTurns turns, TimeProvider clock)
{
    public const string Id = "housekeeping";

    /// <summary>At night, when nobody collects; a month is closed five weeks after its end, when most revisions have come.</summary>
    public const string Schedule = "20 3 * * *";

    private static readonly TimeSpan UntilClosed = TimeSpan.FromDays(35);

    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(Id, cancellationToken);
        if (store is DuckDbObservationStore embedded)
        {
            await embedded.CompactAsync(clock.GetUtcNow() - UntilClosed, cancellationToken);
        }
    }
}
