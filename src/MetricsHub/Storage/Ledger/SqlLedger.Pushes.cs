using System.Data.Common;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<Push?> FindPushAsync(SourceKey source, string idempotencyKey, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindPush(connection, source, idempotencyKey), cancellationToken);

    public Task<Push> RegisterPushAsync(Push push, NewPublication publication, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                // Writers take turns, so that nobody enters it after the look. ON CONFLICT would be 3 to 4 times as slow in DuckDB.
                if (FindPush(connection, push.Source, push.IdempotencyKey) is { } known)
                {
                    return (false, known);
                }

                Insert(connection, push);
                EnterAction(connection, new LedgerAction(push.ReceivedAt, push.Actor, "push", $"{push.Source}/{push.Publication}", push.IdempotencyKey));

                // The same bytes may have come under another key before: then that entry stands.
                if (!IsEntered(connection, publication))
                {
                    Insert(connection, publication, PublicationState.Archived, reason: null);
                }

                return (true, push with { ReceivedAt = StoreTime.Truncate(push.ReceivedAt) });
            },
            cancellationToken);

    private static void Insert(DbConnection connection, Push push) => connection.Execute(
        "INSERT INTO pushes (source, idempotency_key, actor, publication_id, received_at) VALUES ($1, $2, $3, $4, $5)",
        push.Source.ToString(),
        push.IdempotencyKey,
        push.Actor,
        push.Publication.ToString(),
        StoreTime.From(push.ReceivedAt));

    private static Push? FindPush(DbConnection connection, SourceKey source, string idempotencyKey) => connection.QueryFirst(
        "SELECT source, idempotency_key, actor, publication_id, received_at FROM pushes WHERE source = $1 AND idempotency_key = $2",
        row => new Push(new SourceKey(row.GetString(0)), row.GetString(1), row.GetString(2), new PublicationId(row.GetString(3)), StoreTime.From(row.GetDateTime(4))),
        source.ToString(),
        idempotencyKey);
}
