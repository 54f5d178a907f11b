using System.Data.Common;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public async Task<IReadOnlyList<LedgerAction>> ListActionsAsync(int limit, CancellationToken cancellationToken) =>
        [.. (await ListActionsAsync(before: null, limit, cancellationToken)).Select(numbered => numbered.Action)];

    public Task<IReadOnlyList<NumberedAction>> ListActionsAsync(long? before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NumberedAction>>(
            connection => connection.Query(
                """
                SELECT number, acted_at, actor, action, object, detail FROM actions
                WHERE CAST($1 AS BIGINT) IS NULL OR number < CAST($1 AS BIGINT) ORDER BY number DESC LIMIT $2
                """,
                row => new NumberedAction(
                    row.GetInt64(0),
                    new LedgerAction(StoreTime.From(row.GetDateTime(1)), row.GetString(2), row.GetString(3), row.GetString(4), LedgerRows.Text(row, 5))),
                before,
                limit),
            cancellationToken);

    public Task EnterActionAsync(LedgerAction action, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                EnterAction(connection, action);
                return (true, action);
            },
            cancellationToken);

    private static void EnterAction(DbConnection connection, LedgerAction action) => connection.Execute(
        "INSERT INTO actions (number, acted_at, actor, action, object, detail) VALUES (nextval('action_number'), $1, $2, $3, $4, $5)",
        StoreTime.From(action.At),
        action.Actor,
        action.Action,
        action.Object,
        action.Detail);
}
