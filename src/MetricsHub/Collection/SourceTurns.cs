using System.Collections.Concurrent;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>
/// One at a time for each source, among all processes on one ledger. A run is one at a time, and a second one is not started. Within it
/// and beside it, what was archived is taken in by whoever brought it or by the next run, never by both at once: the second waits, and finds
/// it done.
/// </summary>
internal sealed class SourceTurns(IProcessLocks locks, TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new();

    /// <summary>Waits for the source's turn to take in what is archived, which lasts until it is disposed of.</summary>
    public async Task<IAsyncDisposable> TakeAsync(SourceKey source, CancellationToken cancellationToken)
    {
        var name = $"intake:{source}";
        var turn = TurnOf(name);
        await turn.WaitAsync(cancellationToken);
        try
        {
            IAsyncDisposable? shared;
            while ((shared = await locks.TryTakeAsync(name, cancellationToken)) is null)
            {
                await Task.Delay(BetweenTries, clock, cancellationToken);
            }

            return new Turn(turn, shared);
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    /// <summary>The run of a source, which lasts until it is disposed of; null where one is under way.</summary>
    public async Task<IAsyncDisposable?> TryStartRunAsync(SourceKey source, CancellationToken cancellationToken)
    {
        var name = $"collect:{source}";
        var turn = TurnOf(name);
        if (!await turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return null;
        }

        IAsyncDisposable? shared = null;
        try
        {
            shared = await locks.TryTakeAsync(name, cancellationToken);
            return shared is null ? null : new Turn(turn, shared);
        }
        finally
        {
            if (shared is null)
            {
                turn.Release();
            }
        }
    }

    private SemaphoreSlim TurnOf(string name) => turns.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));

    private sealed class Turn(SemaphoreSlim turn, IAsyncDisposable shared) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await shared.DisposeAsync();
            turn.Release();
        }
    }
}
