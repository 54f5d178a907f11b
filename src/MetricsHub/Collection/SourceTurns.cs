using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>
/// One at a time for each source, among all processes on one ledger. A run is one at a time, and a second one is not started. Within it
/// and beside it, what was archived is taken in by whoever brought it or by the next run, never by both at once: the second waits, and finds
/// it done.
/// </summary>
internal sealed class SourceTurns(ProcessTurns turns)
{
    /// <summary>Waits for the source's turn to take in what is archived, which lasts until it is disposed of.</summary>
    public Task<IAsyncDisposable> TakeAsync(SourceKey source, CancellationToken cancellationToken) => turns.TakeAsync($"intake:{source}", cancellationToken);

    /// <summary>The run of a source, which lasts until it is disposed of; null where one is under way.</summary>
    public Task<IAsyncDisposable?> TryStartRunAsync(SourceKey source, CancellationToken cancellationToken) =>
        turns.TryTakeAsync($"collect:{source}", cancellationToken);
}
