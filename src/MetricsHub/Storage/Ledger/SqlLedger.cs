using System.Data.Common;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

/// <summary>
/// The ledger in SQL that DuckDB and PostgreSQL both understand. A parameter that may be null is cast where nothing else gives its
/// type. This part holds what all of them share; the others one subject each.
/// </summary>
internal sealed partial class SqlLedger : ILedger
{
    private readonly ILedgerDatabase database;
    private long version;

    public SqlLedger(ILedgerDatabase database)
    {
        this.database = database;
        version = database.ReadNow(connection => connection.QueryFirst("SELECT version FROM ledger_version", row => row.GetInt64(0)));
    }

    public long Version => Interlocked.Read(ref version);

    /// <summary>One transaction that may find nothing to change: then the version stays.</summary>
    private async Task<T> WriteAsync<T>(Func<DbConnection, (bool Changed, T Result)> work, CancellationToken cancellationToken)
    {
        var (_, result) = await database.WriteAsync(
            connection =>
            {
                var (changed, result) = work(connection);
                return (Version: changed ? Grow(connection) : (long?)null, Result: result);
            },
            outcome => Interlocked.Exchange(ref version, outcome.Version ?? version),
            cancellationToken);
        return result;
    }

    private static long Grow(DbConnection connection)
    {
        connection.Execute("UPDATE ledger_version SET version = version + 1");
        return connection.QueryFirst("SELECT version FROM ledger_version", row => row.GetInt64(0));
    }

    private static DateTime? Stored(DateTimeOffset? instant) => instant is { } value ? StoreTime.From(value) : null;

    private static string? Text(SourceKey? source) => source?.ToString();

    private static string? Text(PublicationId? publication) => publication?.ToString();
}
