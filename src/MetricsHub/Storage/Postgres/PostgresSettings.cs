using System.Globalization;
using Npgsql;

namespace MetricsHub.Storage.Postgres;

/// <param name="ConnectionString">Of the operator; what the hub itself relies on is added to it.</param>
/// <param name="Schema">Of the ledger and the archive.</param>
internal sealed record PostgresSettings(string ConnectionString, string Schema)
{
    /// <summary>How many connections the ledger and the archive take at most; the job queue takes as many again. PostgreSQL gives a hundred to all.</summary>
    public const int MaximumConnections = 20;

    private const int SignOfLifeSeconds = 10;

    // A commit is on the disk before it is acknowledged; a process that hangs amid a transaction does not stop all others for ever.
    private const string Session =
        "-c synchronous_commit=on -c statement_timeout=60s -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s -c TimeZone=UTC";

    /// <summary>
    /// For how long a process may say nothing before its locks are another's: the machine stands still, or somebody stopped the process. A living
    /// one sends a sign of life on every connection that it holds, much more often.
    /// </summary>
    public static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(30);

    /// <summary>For a connection that holds locks.</summary>
    public static readonly string EndsWhereItsHolderStandsStill = string.Create(CultureInfo.InvariantCulture, $"SET idle_session_timeout = {StandsStill.TotalMilliseconds}");

    /// <summary>The schema of the job queue.</summary>
    public string JobSchema => $"{Schema}_jobs";

    public string ForStores() => Common(new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = Schema, Options = Session });

    /// <summary>Hangfire names its schema itself.</summary>
    public string ForJobs() => Common(new NpgsqlConnectionStringBuilder(ConnectionString));

    /// <summary>Where it is, without the password.</summary>
    public override string ToString()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString);
        return $"{builder.Host}:{builder.Port}/{builder.Database}";
    }

    private static string Common(NpgsqlConnectionStringBuilder builder)
    {
        builder.ApplicationName ??= "MetricsHub";
        builder.MaxPoolSize = MaximumConnections;
        builder.KeepAlive = SignOfLifeSeconds;

        // Preferred by default since Npgsql 10, where it costs every connection a failed negotiation, and has hung (npgsql/npgsql#6524).
        // Whoever wants it requires it.
        builder.GssEncryptionMode = builder.GssEncryptionMode == GssEncryptionMode.Require ? GssEncryptionMode.Require : GssEncryptionMode.Disable;
        return builder.ConnectionString;
    }
}
