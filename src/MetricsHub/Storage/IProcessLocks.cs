namespace MetricsHub.Storage;

/// <summary>Locks between the processes that share a ledger. One ends with its holder, however that ends.</summary>
internal interface IProcessLocks
{
    /// <summary>Held by every process for as long as it works with an installation: taken where the observations are its own, else shared.</summary>
    const string Observations = "observations";

    /// <summary>Does not wait. A process that holds a lock must not take it again before it has given it back.</summary>
    /// <returns>The lock, held until it is disposed of; null where another process holds it.</returns>
    Task<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken cancellationToken);

    /// <summary>Does not wait. Any number of processes share a lock, as long as none has taken it; the rest is as above.</summary>
    /// <returns>The share, held until it is disposed of; null where another process has taken the lock.</returns>
    Task<IAsyncDisposable?> TryShareAsync(string name, CancellationToken cancellationToken);

    /// <summary>Waits, and is served in the order of asking. For the few locks that everybody wants: each costs a connection while it is held.</summary>
    /// <returns>The lock, held until it is disposed of.</returns>
    Task<IAsyncDisposable> TakeInOrderAsync(string name, CancellationToken cancellationToken);
}
