using System.Collections.Concurrent;

namespace MetricsHub.Storage;

/// <summary>Turns by name: each is one holder's at a time, among all that run in this process and all processes on one ledger.</summary>
internal sealed class ProcessTurns(IProcessLocks locks, TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new();

    /// <summary>Waits for a turn, which lasts until it is disposed of.</summary>
    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
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

    /// <summary>Does not wait.</summary>
    /// <returns>The turn, which lasts until it is disposed of; null where somebody has it.</returns>
    public async Task<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
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
