using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace MetricsHub.Storage.Postgres;

/// <summary>What is looked at and made before a database is used, and what the ways of failing mean.</summary>
internal static partial class PostgresOpening
{
    /// <summary>The oldest version that its makers still mend.</summary>
    private const int OldestVersion = 14;

    public static void Prepare(NpgsqlConnection connection, PostgresSettings settings, long writeLock, TimeProvider time, ILogger logger)
    {
        Check(connection, settings);

        // Two processes that start at once: the second finds it done.
        connection.Execute("SELECT pg_advisory_lock($1)", writeLock);
        try
        {
            // Asked first, because "IF NOT EXISTS" wants the right to create also where nothing is to be created.
            if (connection.QueryFirst("SELECT true FROM pg_namespace WHERE nspname = $1", row => row.GetBoolean(0), settings.Schema) is false)
            {
                connection.Execute($"CREATE SCHEMA {settings.Schema}");
            }

            var now = time.GetUtcNow();
            var applied = MigrationRunner.Apply(connection, "Ledger", Migration.Embedded("Ledger"), now)
                + MigrationRunner.Apply(connection, "Postgres", Migration.Embedded("Postgres"), now);
            if (applied > 0)
            {
                LogMigrated(logger, settings, settings.Schema, applied);
            }
        }
        finally
        {
            connection.Execute("SELECT pg_advisory_unlock($1)", writeLock);
        }
    }

    public static long LockKey(string schema, string name) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"metricshub/{schema}/{name}")));

    public static PostgresDatabaseException Explain(PostgresSettings settings, DbException error) => new(
        $"PostgreSQL at {settings} cannot be used: " + error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "it does not let this user in; look at Username and Password.",
            PostgresErrorCodes.InvalidCatalogName => "it has no such database; create it.",
            PostgresErrorCodes.InsufficientPrivilege => "the user may not make or use the schema; GRANT CREATE, CONNECT ON DATABASE to it.",
            PostgresErrorCodes.TooManyConnections => "it has no connection left; raise its max_connections.",
            null => $"it does not answer ({error.Message}).",
            _ => error.Message,
        },
        error);

    private static void Check(NpgsqlConnection connection, PostgresSettings settings)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw Refuse(settings, $"it is version {connection.PostgreSqlVersion}; {OldestVersion} or later is needed.");
        }

        var (encoding, fsync, standby) = connection.QueryFirst(
            "SELECT current_setting('server_encoding'), current_setting('fsync'), pg_is_in_recovery()",
            row => (row.GetString(0), row.GetString(1), row.GetBoolean(2)));
        if (standby)
        {
            throw Refuse(settings, "it is a standby, which cannot be written to.");
        }

        if (encoding != "UTF8")
        {
            throw Refuse(settings, $"the database's encoding is {encoding}; create it with ENCODING 'UTF8'.");
        }

        if (fsync != "on")
        {
            throw Refuse(settings, "its fsync is off: what it acknowledges may be lost.");
        }
    }

    private static PostgresDatabaseException Refuse(PostgresSettings settings, string reason) => new($"PostgreSQL at {settings} cannot be used: {reason}");

    [LoggerMessage(EventId = 4220, Level = LogLevel.Information, Message = "{Database}, schema {Schema}: {Count} migrations applied")]
    private static partial void LogMigrated(ILogger logger, PostgresSettings database, string schema, int count);
}
