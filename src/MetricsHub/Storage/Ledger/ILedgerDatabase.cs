using System.Data.Common;

namespace MetricsHub.Storage.Ledger;

/// <summary>Where a ledger's SQL runs. The work is handed a connection and runs off the caller's thread.</summary>
internal interface ILedgerDatabase
{
    /// <summary>For what has to be known before the hub can start: on the calling thread.</summary>
    T ReadNow<T>(Func<DbConnection, T> work);

    Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellationToken);

    /// <summary>In one transaction, alone among the writers of this process.</summary>
    /// <param name="committed">Runs after the commit, before the next writer.</param>
    Task<T> WriteAsync<T>(Func<DbConnection, T> work, Action<T> committed, CancellationToken cancellationToken);

    /// <summary>Has something done whenever a write that failed may have been done all the same, before anyone else works. Nothing, where the ledger is watched anyway.</summary>
    void WhenReopened(Action<DbConnection> act)
    {
    }
}
