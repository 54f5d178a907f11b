using Hangfire;
using Hangfire.PostgreSql;
using MetricsHub.Storage.Postgres;

namespace MetricsHub.Jobs;

/// <summary>The job queue in PostgreSQL, beside the ledger: what was queued outlives the process.</summary>
internal static class PostgresQueue
{
    public static void UsePostgresQueue(this IGlobalConfiguration hangfire, PostgresSettings settings) =>
        hangfire.UsePostgreSqlStorage(options => options.UseNpgsqlConnection(settings.ForJobs()), Options(settings));

    public static PostgreSqlStorageOptions Options(PostgresSettings settings) => new()
    {
        SchemaName = settings.JobSchema,

        // Long polling would hold a connection for every idle worker.
        QueuePollInterval = TimeSpan.FromSeconds(2),

        // A job whose worker died is given to another one; a living worker says every twelve seconds that it has it.
        InvisibilityTimeout = TimeSpan.FromMinutes(1),
        UseSlidingInvisibilityTimeout = true,

        // Only Hangfire's own short moments are under these locks; runs have others. Their rows outlive a process that is killed, and Hangfire
        // waits 15 seconds for one when it enters a recurring job: older than this they have to count as gone, or the next start fails.
        DistributedLockTimeout = TimeSpan.FromSeconds(10),

        // By default Hangfire starts without its database, and then looks as if it worked.
        AllowDegradedModeWithoutStorage = false,
    };
}
