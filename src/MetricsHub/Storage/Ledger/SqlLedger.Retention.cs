using System.Data.Common;
using System.Globalization;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger : ILedgerRetention
{
    private const string Housekeeping = "housekeeping";

    public Task<long> RemoveRunsAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken) => RemoveAsync(
        "runs",
        before,
        at,
        connection => connection.Execute(
            """
            DELETE FROM run WHERE run_id IN (
                SELECT run_id FROM (
                    SELECT run_id, finished_at, reached, lag(reached) OVER one_source AS reached_before, lead(reached) OVER one_source AS reached_after
                    FROM (
                        SELECT run_id, source, finished_at, outcome <> 'failed' AND locations_unread = 0 AS reached
                        FROM run WHERE outcome IN ('succeeded', 'partial', 'failed')) AS finished
                    WINDOW one_source AS (PARTITION BY source ORDER BY run_id)) AS compared
                WHERE finished_at < $1 AND reached = reached_before AND reached = reached_after)
            AND run_id NOT IN (SELECT max(run_id) FROM run WHERE outcome = 'succeeded' GROUP BY source)
            """,
            StoreTime.From(before)) + connection.Execute(
            """
            DELETE FROM run WHERE outcome = 'interrupted' AND finished_at < $1 AND run_id NOT IN (SELECT max(run_id) FROM run GROUP BY source)
            """,
            StoreTime.From(before)),
        cancellationToken);

    public Task<long> RemovePushesAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken) => RemoveAsync(
        "push keys",
        before,
        at,
        connection => connection.Execute("DELETE FROM pushes WHERE received_at < $1", StoreTime.From(before)),
        cancellationToken);

    public Task<long> RemoveRefusedTextAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken) => RemoveAsync(
        "text of rejections",
        before,
        at,
        connection => connection.Execute(
            "UPDATE rejection SET content = NULL WHERE content IS NOT NULL AND arrival IN (SELECT arrival FROM publication WHERE recorded_at < $1)",
            StoreTime.From(before)),
        cancellationToken);

    public Task<long> RemoveReadingsAsync(
        IReadOnlyList<FrameworkVersion> versions, IReadOnlyList<FrameworkVersion> shadows, DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken) =>
        RemoveAsync("readings", before, at, connection => RemoveReadings(connection, versions, shadows, StoreTime.From(before)), cancellationToken);

    // The bytes are found by their publication alone: as long as one source still needs them they stay.
    public Task<long> EnterBytesRemovedAsync(DateTimeOffset before, DateTimeOffset at, CancellationToken cancellationToken) => RemoveAsync(
        "archived bytes",
        before,
        at,
        connection => connection.Execute(
            """
            UPDATE publication SET bytes_removed_at = $2 WHERE bytes_removed_at IS NULL AND archived_bytes > 0 AND publication_id NOT IN (
                SELECT publication_id FROM publication
                WHERE state = 'archived' OR replay < replays_asked OR recorded_at >= $1 OR (recorded_at IS NULL AND state <> 'barred'))
            """,
            StoreTime.From(before),
            StoreTime.From(at)),
        cancellationToken);

    public Task<IReadOnlyList<PublicationId>> ListBytesRemovedAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<PublicationId>>(
        connection => connection.Query(
            "SELECT DISTINCT publication_id FROM publication WHERE bytes_removed_at IS NOT NULL ORDER BY publication_id", row => new PublicationId(row.GetString(0))),
        cancellationToken);

    private static long RemoveReadings(
        DbConnection connection, IReadOnlyList<FrameworkVersion> versions, IReadOnlyList<FrameworkVersion> shadows, DateTime before)
    {
        var removed = 0L;
        foreach (var shadow in shadows)
        {
            removed += connection.Execute(
                "DELETE FROM reading_superseded WHERE framework_key = $1 AND framework_version = $2 AND superseded_at < $3", shadow.Key, shadow.Version, before);
        }

        var old = connection.Query(
            "SELECT framework_key, framework_version FROM evaluation WHERE finished_at < $1", row => new FrameworkVersion(row.GetString(0), row.GetString(1)), before);
        foreach (var gone in old.Except(versions))
        {
            foreach (var table in new[] { "reading", "reading_superseded" })
            {
                removed += connection.Execute($"DELETE FROM {table} WHERE framework_key = $1 AND framework_version = $2", gone.Key, gone.Version);
            }

            // With it nobody would know that they are not there.
            connection.Execute("DELETE FROM evaluation WHERE framework_key = $1 AND framework_version = $2", gone.Key, gone.Version);
        }

        return removed;
    }

    private Task<long> RemoveAsync(string what, DateTimeOffset before, DateTimeOffset at, Func<DbConnection, long> remove, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var removed = remove(connection);
                if (removed > 0)
                {
                    EnterAction(connection, new LedgerAction(
                        at, Housekeeping, "remove", what, string.Create(CultureInfo.InvariantCulture, $"{removed}, from before {before.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")));
                }

                return (removed > 0, removed);
            },
            cancellationToken);
}
