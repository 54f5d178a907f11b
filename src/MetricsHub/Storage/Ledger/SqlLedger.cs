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
    private readonly IActionOrigins? origins;
    private long version;

    /// <param name="origins">From where people act; null where nobody can but on this machine.</param>
    public SqlLedger(ILedgerDatabase database, IActionOrigins? origins = null)
    {
        (this.database, this.origins) = (database, origins);
        version = database.ReadNow(ReadVersion);
        database.WhenReopened(connection => Reached(ReadVersion(connection)));
    }

    public long Version => Interlocked.Read(ref version);

    /// <summary>Takes notice of what other processes wrote.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken) => Reached(await database.ReadAsync(ReadVersion, cancellationToken));

    /// <summary>One transaction that may find nothing to change: then the version stays.</summary>
    private async Task<T> WriteAsync<T>(Func<DbConnection, (bool Changed, T Result)> work, CancellationToken cancellationToken)
    {
        var (_, result) = await database.WriteAsync(
            connection =>
            {
                var (changed, result) = work(connection);
                return (Version: changed ? Grow(connection) : (long?)null, Result: result);
            },
            outcome => Reached(outcome.Version ?? 0),
            cancellationToken);
        return result;
    }

    // A look that started before a write may end after it: the version never goes back.
    private void Reached(long reached)
    {
        for (var known = Version; known < reached; known = Version)
        {
            Interlocked.CompareExchange(ref version, reached, known);
        }
    }

    private static long Grow(DbConnection connection) =>
        connection.QueryFirst("UPDATE ledger_version SET version = version + 1 RETURNING version", row => row.GetInt64(0));

    private static long ReadVersion(DbConnection connection) => connection.QueryFirst("SELECT version FROM ledger_version", row => row.GetInt64(0));

    private static DateTime? Stored(DateTimeOffset? instant) => instant is { } value ? StoreTime.From(value) : null;

    private static string? Text(SourceKey? source) => source?.ToString();

    private static string? Text(PublicationId? publication) => publication?.ToString();
}
