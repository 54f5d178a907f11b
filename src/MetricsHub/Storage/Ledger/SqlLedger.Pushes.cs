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
                if (!Insert(connection, push))
                {
                    return (false, FindPush(connection, push.Source, push.IdempotencyKey)!);
                }

                EnterAction(connection, new LedgerAction(push.ReceivedAt, push.Actor, "push", $"{push.Source}/{push.Publication}", push.IdempotencyKey));

                // The same bytes may have come under another key before: then that entry stands.
                Insert(connection, publication, PublicationState.Archived, reason: null);
                return (true, push with { ReceivedAt = StoreTime.Truncate(push.ReceivedAt) });
            },
            cancellationToken);

    /// <returns>Whether the key was not there yet; an entry that is there stands, whoever made it.</returns>
    private static bool Insert(DbConnection connection, Push push) => connection.Execute(
        """
        INSERT INTO pushes (source, idempotency_key, actor, publication_id, received_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (source, idempotency_key) DO NOTHING
        """,
        push.Source.ToString(),
        push.IdempotencyKey,
        push.Actor,
        push.Publication.ToString(),
        StoreTime.From(push.ReceivedAt)) > 0;

    private static Push? FindPush(DbConnection connection, SourceKey source, string idempotencyKey) => connection.QueryFirst(
        "SELECT source, idempotency_key, actor, publication_id, received_at FROM pushes WHERE source = $1 AND idempotency_key = $2",
        row => new Push(new SourceKey(row.GetString(0)), row.GetString(1), row.GetString(2), new PublicationId(row.GetString(3)), StoreTime.From(row.GetDateTime(4))),
        source.ToString(),
        idempotencyKey);
}
