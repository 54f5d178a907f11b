using System.Data.Common;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<KnownFetch?> FindFetchAsync(SourceKey source, string address, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindFetch(connection, source, address), cancellationToken);

    // A location that answers as it did before is no news: the version stays.
    public Task SaveFetchAsync(SourceKey source, string address, KnownFetch fetch, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var before = FindFetch(connection, source, address);
                Save(connection, source, address, fetch);
                var after = FindFetch(connection, source, address);
                return (after != before, after);
            },
            cancellationToken);

    private static KnownFetch? FindFetch(DbConnection connection, SourceKey source, string address) => connection.QueryFirst(
        "SELECT validator, last_modified, publication_id FROM known_fetch WHERE source = $1 AND address = $2",
        LedgerRows.Fetch,
        source.ToString(),
        address);

    private static void Save(DbConnection connection, SourceKey source, string address, KnownFetch fetch) => connection.Execute(
        """
        INSERT INTO known_fetch (source, address, validator, last_modified, publication_id) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (source, address) DO UPDATE SET
            validator = excluded.validator, last_modified = excluded.last_modified, publication_id = excluded.publication_id
        """,
        source.ToString(),
        address,
        fetch.State.Validator,
        Stored(fetch.State.LastModified),
        fetch.Publication.ToString());
}
