using System.Data.Common;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    private const string Keys =
        """
        SELECT k.key_id, k.secret_sha256, k.owner, k.scopes, k.organisations, k.sources, k.created_at, k.created_by, k.expires_at, u.used_at, r.revoked_at
        FROM access_key k LEFT JOIN access_key_use u ON u.key_id = k.key_id LEFT JOIN access_key_revocation r ON r.key_id = k.key_id
        """;

    public Task<bool> CreateKeyAsync(AccessKey key, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var isNew = Insert(connection, key);
                if (isNew)
                {
                    EnterAction(connection, new LedgerAction(key.CreatedAt, key.CreatedBy, "create-key", $"key {key.Id}", $"{LedgerRows.Text(key.Grant.Scopes)} for {key.Owner}"));
                }

                return (isNew, isNew);
            },
            cancellationToken);

    public Task<AccessKey?> RevokeKeyAsync(string id, DateTimeOffset at, string actor, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var isNew = FindKey(connection, id) is not null && connection.Execute(
                    "INSERT INTO access_key_revocation (key_id, revoked_at, actor) VALUES ($1, $2, $3) ON CONFLICT (key_id) DO NOTHING", id, StoreTime.From(at), actor) > 0;
                if (isNew)
                {
                    EnterAction(connection, new LedgerAction(at, actor, "revoke-key", $"key {id}", Detail: null));
                }

                return (isNew, FindKey(connection, id));
            },
            cancellationToken);

    public Task MarkKeyUsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(
            connection => (Changed: false, connection.Execute(
                "INSERT INTO access_key_use (key_id, used_at) VALUES ($1, $2) ON CONFLICT (key_id) DO UPDATE SET used_at = excluded.used_at", id, StoreTime.From(at))),
            cancellationToken);

    public Task<IReadOnlyList<AccessKey>> ListKeysAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<AccessKey>>(
        connection => connection.Query($"{Keys} ORDER BY k.created_at, k.key_id", ToKey), cancellationToken);

    private static bool Insert(DbConnection connection, AccessKey key) => connection.Execute(
        """
        INSERT INTO access_key (key_id, secret_sha256, owner, scopes, organisations, sources, created_at, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key_id) DO NOTHING
        """,
        key.Id,
        key.SecretSha256,
        key.Owner,
        LedgerRows.Text(key.Grant.Scopes),
        Joined(key.Grant.Organisations),
        Joined(key.Grant.Sources),
        StoreTime.From(key.CreatedAt),
        key.CreatedBy,
        StoreTime.From(key.ExpiresAt)) > 0;

    private static AccessKey? FindKey(DbConnection connection, string id) => connection.QueryFirst($"{Keys} WHERE k.key_id = $1", ToKey, id);

    private static AccessKey ToKey(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        new Grant(
            Enum.Parse<Scopes>(row.GetString(3), ignoreCase: true),
            Split(row, 4)?.Select(code => new OrganisationCode(code)).ToHashSet(),
            Split(row, 5)?.Select(key => new SourceKey(key)).ToHashSet()),
        LedgerRows.Instant(row, 6)!.Value,
        row.GetString(7),
        LedgerRows.Instant(row, 8)!.Value,
        LedgerRows.Instant(row, 9),
        LedgerRows.Instant(row, 10));

    // A set of nobody is not nothing: it must not come back as everybody.
    private static string? Joined<T>(IReadOnlySet<T>? entries)
        where T : notnull => entries is null ? null : string.Join(',', entries.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));

    private static string[]? Split(DbDataReader row, int at) => LedgerRows.Text(row, at)?.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
