using System.Data.Common;
using System.Security.Cryptography;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Postgres;

/// <summary>Publications beside the ledger, so that one backup holds both: one row each, and its bytes in rows of a few megabytes.</summary>
internal sealed class PostgresArchive(PostgresDatabase database) : IArchiveStore
{
    /// <summary>PostgreSQL and its driver hold a row in memory several times over.</summary>
    public const int PartLength = 4 * 1024 * 1024;

    public Task<long> WriteAsync(PublicationId id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        database.RunAsync(connection => Write(connection, id, bytes), cancellationToken);

    public Task<bool> ContainsAsync(PublicationId id, CancellationToken cancellationToken) =>
        database.RunAsync(connection => Find(connection, id) is not null, cancellationToken);

    public Task<byte[]> ReadAsync(PublicationId id, CancellationToken cancellationToken) => database.RunAsync(
        connection =>
        {
            var (_, sha256) = Find(connection, id) ?? throw new FileNotFoundException($"Publication {id} is not archived.");
            var parts = connection.Query(
                "SELECT content FROM archived_part WHERE publication_id = $1 ORDER BY number", row => row.GetFieldValue<byte[]>(0), id.ToString());
            var bytes = Join(parts);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256
                ? bytes
                : throw new IOException($"The archived bytes of publication {id} are not those that were written.");
        },
        cancellationToken);

    public Task<IReadOnlyList<PublicationId>> ListAsync(CancellationToken cancellationToken) => database.RunAsync<IReadOnlyList<PublicationId>>(
        connection => connection.Query("SELECT publication_id FROM archived ORDER BY publication_id COLLATE \"C\"", row => new PublicationId(row.GetString(0))),
        cancellationToken);

    public Task<long?> RemoveAsync(PublicationId id, CancellationToken cancellationToken) => database.RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            var length = connection.QueryFirst<long?>("DELETE FROM archived WHERE publication_id = $1 RETURNING length", row => row.GetInt64(0), id.ToString());
            connection.Execute("DELETE FROM archived_part WHERE publication_id = $1", id.ToString());
            transaction.Commit();
            return length;
        },
        cancellationToken);

    private static byte[] Join(List<byte[]> parts)
    {
        var bytes = new byte[parts.Sum(part => part.Length)];
        var filled = 0;
        foreach (var part in parts)
        {
            part.CopyTo(bytes, filled);
            filled += part.Length;
        }

        return bytes;
    }

    // Where two archive the same publication at once, the second waits for the first to commit, and then writes nothing.
    private static long Write(DbConnection connection, PublicationId id, ReadOnlyMemory<byte> bytes)
    {
        using var transaction = connection.BeginTransaction();
        var isNew = connection.Execute(
            "INSERT INTO archived (publication_id, length, sha256) VALUES ($1, $2, $3) ON CONFLICT (publication_id) DO NOTHING",
            id.ToString(),
            (long)bytes.Length,
            Convert.ToHexStringLower(SHA256.HashData(bytes.Span))) > 0;
        for (var start = 0; isNew && start < bytes.Length; start += PartLength)
        {
            connection.Execute(
                "INSERT INTO archived_part (publication_id, number, content) VALUES ($1, $2, $3)",
                id.ToString(),
                start / PartLength,
                bytes[start..Math.Min(start + PartLength, bytes.Length)]);
        }

        transaction.Commit();
        return isNew ? bytes.Length : Find(connection, id)!.Value.Length;
    }

    private static (long Length, string Sha256)? Find(DbConnection connection, PublicationId id) => connection.QueryFirst<(long, string)?>(
        "SELECT length, sha256 FROM archived WHERE publication_id = $1", row => (row.GetInt64(0), row.GetString(1)), id.ToString());
}
