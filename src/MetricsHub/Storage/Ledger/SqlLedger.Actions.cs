using System.Data.Common;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    private const string Actions =
        """
        SELECT a.number, a.acted_at, a.actor, a.action, a.object, a.detail, a.address, a.trace, s.sha256
        FROM actions a LEFT JOIN action_seal s ON s.number = a.number
        """;

    /// <summary>The same of those that have no seal yet: however many have one, they are not looked through.</summary>
    private const string UnsealedActions =
        "SELECT a.number, a.acted_at, a.actor, a.action, a.object, a.detail, a.address, a.trace, CAST(NULL AS TEXT) FROM actions a";

    private const int SealsAtOnce = 10_000;

    public async Task<IReadOnlyList<LedgerAction>> ListActionsAsync(int limit, CancellationToken cancellationToken) =>
        [.. (await ListActionsAsync(before: null, limit, cancellationToken)).Select(numbered => numbered.Action)];

    public Task<IReadOnlyList<NumberedAction>> ListActionsAsync(long? before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<NumberedAction>>(
            connection => connection.Query(
                $"{Actions} WHERE CAST($1 AS BIGINT) IS NULL OR a.number < CAST($1 AS BIGINT) ORDER BY a.number DESC LIMIT $2", ToAction, before, limit),
            cancellationToken);

    public Task EnterActionAsync(LedgerAction action, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                EnterAction(connection, action);
                return (true, action);
            },
            cancellationToken);

    public Task<ActionChain> CheckActionsAsync(CancellationToken cancellationToken) => database.ReadAsync(CheckActions, cancellationToken);

    /// <summary>What others wrote is kept on one line; from where they act is what the hub itself saw.</summary>
    private void EnterAction(DbConnection connection, LedgerAction action)
    {
        var (address, trace) = origins?.Current ?? default;
        connection.Execute(
            "INSERT INTO actions (number, acted_at, actor, action, object, detail, address, trace) VALUES (nextval('action_number'), $1, $2, $3, $4, $5, $6, $7)",
            StoreTime.From(action.At),
            OneLine.Of(action.Actor),
            action.Action,
            OneLine.Of(action.Object),
            action.Detail is { } detail ? OneLine.Of(detail) : null,
            address,
            trace);
        Seal(connection);
    }

    /// <summary>Seals whatever comes after the newest seal. Writers take turns, over all processes, so that nobody else does meanwhile.</summary>
    private static void Seal(DbConnection connection)
    {
        var (last, seal) = connection.QueryFirst(
            "SELECT number, sha256 FROM action_seal WHERE number = (SELECT max(number) FROM action_seal)", row => (Number: row.GetInt64(0), Seal: row.GetString(1)));
        seal ??= ActionSeal.Start;
        foreach (var entry in connection.Query($"{UnsealedActions} WHERE a.number > $1 ORDER BY a.number", ToAction, last))
        {
            seal = ActionSeal.After(seal, entry.Number, entry.Action);
            connection.Execute("INSERT INTO action_seal (number, sha256) VALUES ($1, $2)", entry.Number, seal);
        }
    }

    /// <summary>From the first action to the newest, or to the first whose seal is not what the ones before it make.</summary>
    private static ActionChain CheckActions(DbConnection connection)
    {
        var (count, last, seal) = (0L, 0L, ActionSeal.Start);
        while (true)
        {
            var entries = connection.Query($"{Actions} WHERE a.number > $1 ORDER BY a.number LIMIT $2", ToAction, last, SealsAtOnce);
            foreach (var entry in entries)
            {
                seal = ActionSeal.After(seal, entry.Number, entry.Action);
                if (entry.Seal != seal)
                {
                    return new ActionChain(count, entry.Number, Newest(connection));
                }

                (count, last) = (count + 1, entry.Number);
            }

            if (entries.Count < SealsAtOnce)
            {
                // A seal without its action: that was taken away.
                var lost = connection.QueryFirst(
                    "SELECT min(s.number) FROM action_seal s LEFT JOIN actions a ON a.number = s.number WHERE a.number IS NULL", row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0));
                return new ActionChain(count, lost, Newest(connection));
            }
        }
    }

    private static NumberedAction? Newest(DbConnection connection) => connection.QueryFirst($"{Actions} ORDER BY a.number DESC LIMIT 1", ToAction);

    private static NumberedAction ToAction(DbDataReader row) => new(
        row.GetInt64(0),
        new LedgerAction(
            StoreTime.From(row.GetDateTime(1)), row.GetString(2), row.GetString(3), row.GetString(4), LedgerRows.Text(row, 5), LedgerRows.Text(row, 6), LedgerRows.Text(row, 7)),
        LedgerRows.Text(row, 8));
}
