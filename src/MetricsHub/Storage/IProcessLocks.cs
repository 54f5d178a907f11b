namespace MetricsHub.Storage;

/// <summary>Locks between the processes that share a ledger. One ends with its holder, however that ends.</summary>
internal interface IProcessLocks
{
    /// <summary>Held for as long as it runs by the process whose observations the ledger speaks of.</summary>
    const string Observations = "observations";

    /// <summary>Does not wait. A process that holds a lock must not take it again before it has given it back.</summary>
    /// <returns>The lock, held until it is disposed of; null where another process holds it.</returns>
    Task<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken cancellationToken);
}
