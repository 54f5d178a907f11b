namespace MetricsHub.Storage;

/// <summary>
/// One after the other, among all processes on a ledger: who makes a backup, and who removes what need not be kept. So a backup never misses bytes
/// that were removed while it was made.
/// </summary>
internal sealed class KeepersTurn(IProcessLocks locks) : IDisposable
{
    private const string Name = "keeping";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim here = new(1, 1);

    /// <summary>Waits for its turn in this process, not for other processes.</summary>
    /// <exception cref="KeepersBusyException">Somebody else has it, and keeps it.</exception>
    public async Task<IAsyncDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        if (!await here.WaitAsync(Patience, cancellationToken))
        {
            throw new KeepersBusyException();
        }

        try
        {
            return new Taken(this, await locks.TryTakeAsync(Name, cancellationToken) ?? throw new KeepersBusyException());
        }
        catch
        {
            here.Release();
            throw;
        }
    }

    public void Dispose() => here.Dispose();

    private sealed class Taken(KeepersTurn turn, IAsyncDisposable everywhere) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await everywhere.DisposeAsync();
            turn.here.Release();
        }
    }
}
