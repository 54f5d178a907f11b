using System.Data.Common;
using System.Globalization;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    private const string Declarations =
        """
        SELECT d.number, d.organisation, d.framework, d.level, d.reason, d.actor, d.declared_at, d.stands_until, e.ended_at, e.actor, e.reason
        FROM declaration d LEFT JOIN declaration_end e ON e.declaration = d.number
        """;

    public Task<Declaration> DeclareAsync(NewDeclaration declaration, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var isNew = FindDeclaration(connection, declaration.Organisation, declaration.IdempotencyKey) is null && Insert(connection, declaration);
                var entered = FindDeclaration(connection, declaration.Organisation, declaration.IdempotencyKey)!;
                if (isNew)
                {
                    EnterAction(connection, "declare", entered, declaration.DeclaredAt, declaration.Actor, $"level {entered.Level}");
                }

                return (isNew, entered);
            },
            cancellationToken);

    public Task<Declaration> EndDeclarationAsync(long number, DeclarationEnding ending, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var declaration = FindDeclaration(connection, number) ?? throw new InvalidOperationException($"There is no declaration {number}.");
                var isNew = declaration.Ending is null && Insert(connection, number, ending);
                if (isNew)
                {
                    EnterAction(connection, "end-declaration", declaration, ending.At, ending.Actor, detail: null);
                }

                return (isNew, FindDeclaration(connection, number)!);
            },
            cancellationToken);

    public Task<Declaration?> FindDeclarationAsync(OrganisationCode organisation, string idempotencyKey, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindDeclaration(connection, organisation, idempotencyKey), cancellationToken);

    public Task<IReadOnlyList<Declaration>> ListDeclarationsAsync(OrganisationCode? organisation, DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Declaration>>(
            connection => connection.Query(
                $"""
                {Declarations} AND (CAST($2 AS TIMESTAMP) IS NULL OR e.ended_at <= CAST($2 AS TIMESTAMP))
                WHERE (CAST($1 AS TEXT) IS NULL OR d.organisation = CAST($1 AS TEXT))
                    AND (CAST($2 AS TIMESTAMP) IS NULL OR d.declared_at <= CAST($2 AS TIMESTAMP))
                ORDER BY d.declared_at, d.number
                """,
                Declared,
                organisation?.ToString(),
                Stored(asOf)),
            cancellationToken);

    // Another process may have entered the key between the look and this: then its entry stands.
    private static bool Insert(DbConnection connection, NewDeclaration declaration) => connection.Execute(
        """
        INSERT INTO declaration (number, organisation, framework, level, reason, actor, declared_at, stands_until, idempotency_key)
        VALUES (nextval('declaration_number'), $1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (organisation, idempotency_key) DO NOTHING
        """,
        declaration.Organisation.ToString(),
        declaration.Framework,
        declaration.Level,
        declaration.Reason,
        declaration.Actor,
        StoreTime.From(declaration.DeclaredAt),
        StoreTime.From(declaration.Until),
        declaration.IdempotencyKey) > 0;

    private static bool Insert(DbConnection connection, long number, DeclarationEnding ending) => connection.Execute(
        "INSERT INTO declaration_end (declaration, ended_at, actor, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (declaration) DO NOTHING",
        number,
        StoreTime.From(ending.At),
        ending.Actor,
        ending.Reason) > 0;

    private void EnterAction(DbConnection connection, string action, Declaration declaration, DateTimeOffset at, string actor, string? detail) => EnterAction(
        connection,
        new LedgerAction(at, actor, action, string.Create(CultureInfo.InvariantCulture, $"{declaration.Organisation}/{declaration.Number}"), detail));

    private static Declaration? FindDeclaration(DbConnection connection, OrganisationCode organisation, string idempotencyKey) => connection.QueryFirst(
        $"{Declarations} WHERE d.organisation = $1 AND d.idempotency_key = $2", Declared, organisation.ToString(), idempotencyKey);

    private static Declaration? FindDeclaration(DbConnection connection, long number) =>
        connection.QueryFirst($"{Declarations} WHERE d.number = $1", Declared, number);

    private static Declaration Declared(DbDataReader row) => new(
        row.GetInt64(0),
        new OrganisationCode(row.GetString(1)),
        LedgerRows.Text(row, 2),
        row.GetInt32(3),
        row.GetString(4),
        row.GetString(5),
        LedgerRows.Instant(row, 6)!.Value,
        LedgerRows.Instant(row, 7)!.Value,
        LedgerRows.Instant(row, 8) is { } ended ? new DeclarationEnding(ended, row.GetString(9), row.GetString(10)) : null);
}
