using System.Collections.Concurrent;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Collection;

/// <summary>
/// One at a time for each source: what was archived is taken in by whoever brought it or by the next run, never by both at once. The second
/// finds it done.
/// </summary>
internal sealed class SourceTurns
{
    private readonly ConcurrentDictionary<SourceKey, SemaphoreSlim> turns = new();

    /// <summary>Waits for the source's turn, which lasts until it is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(SourceKey source, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(source, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
