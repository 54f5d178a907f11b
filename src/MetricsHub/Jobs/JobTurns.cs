using MetricsHub.Storage;

namespace MetricsHub.Jobs;

/// <summary>Of a job that is not a source's: one at a time, among all processes on one ledger.</summary>
internal sealed class JobTurns(ProcessTurns turns)
{
    /// <exception cref="JobUnderWayException">It is being done, here or by another process.</exception>
    public async Task<IAsyncDisposable> TakeAsync(string job, CancellationToken cancellationToken) =>
        await turns.TryTakeAsync($"job:{job}", cancellationToken) ?? throw new JobUnderWayException(job);
}

/// <summary>A job is being done already; what it leaves, the next one does.</summary>
internal sealed class JobUnderWayException(string job) : Exception($"Another '{job}' is under way.");
