using System.Data.Common;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Storage.Postgres;

/// <summary>A ledger that all processes share.</summary>
internal sealed class PostgresLedgerDatabase(PostgresDatabase database) : ILedgerDatabase
{
    public T ReadNow<T>(Func<DbConnection, T> work) => database.ReadNow(work);

    public Task<T> ReadAsync<T>(Func<DbConnection, T> work, CancellationToken cancellationToken) => database.RunAsync(work, cancellationToken);

    public Task<T> WriteAsync<T>(Func<DbConnection, T> work, Action<T> committed, CancellationToken cancellationToken) =>
        database.WriteAsync(work, committed, cancellationToken);
}
