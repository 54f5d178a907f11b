using System.Data.Common;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Storage.DuckDb;

/// <summary>A ledger in the same file as the observations, behind the same writer.</summary>
internal sealed class DuckDbLedgerDatabase(DuckDbFile file) : ILedgerDatabase
{
    public T ReadNow<T>(Func<DbConnection, T> work) => file.ReadNow(work);

    public Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellationToken) => file.ReadAsync(work, cancellationToken);

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work, Action<T> committed, CancellationToken cancellationToken) =>
        file.WriteAsync(work, committed, alone: false, cancellationToken);

    public void WhenReopened(Action<DbConnection> act) => file.WhenReopened(act);
}
