using System.Data.Common;

namespace MetricsHub.Storage;

/// <summary>Brings a database to the schema of this program; each migration with its entry in one transaction, on DuckDB and PostgreSQL alike.</summary>
internal static class MigrationRunner
{
    /// <param name="part">Whose migrations: every part counts its own from 1.</param>
    /// <returns>How many were applied.</returns>
    /// <exception cref="InvalidOperationException">An applied migration has been changed since, or is not known to this program.</exception>
    public static int Apply(DbConnection connection, string part, IReadOnlyList<Migration> migrations, DateTimeOffset now)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS migration (
                part TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TIMESTAMP NOT NULL)
            """);
        var applied = connection.Query(
            "SELECT number, name, sha256 FROM migration WHERE part = $1 ORDER BY number",
            row => (Number: row.GetInt32(0), Name: row.GetString(1), Sha256: row.GetString(2)),
            part);
        foreach (var (number, name, sha256) in applied)
        {
            var known = migrations.FirstOrDefault(migration => migration.Number == number)
                ?? throw new InvalidOperationException($"The database has migration {part}/{name}, which this program does not know: it is older than its data.");
            if (known.Sha256 != sha256)
            {
                throw new InvalidOperationException($"Migration {part}/{known.Name} was changed after it had been applied; add a new one instead.");
            }
        }

        var missing = migrations.Where(migration => applied.All(entry => entry.Number != migration.Number)).ToList();
        foreach (var migration in missing)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(migration.Sql);
            connection.Execute(
                "INSERT INTO migration (part, number, name, sha256, applied_at) VALUES ($1, $2, $3, $4, $5)",
                part,
                migration.Number,
                migration.Name,
                migration.Sha256,
                StoreTime.From(now));
            transaction.Commit();
        }

        return missing.Count;
    }
}
