using System.Globalization;
using Hangfire;
using Hangfire.Dashboard;
using Hangfire.InMemory;
using MetricsHub.Access;
using MetricsHub.Domain.Access;
using MetricsHub.Storage;
using MetricsHub.Storage.Postgres;

namespace MetricsHub.Jobs;

internal static class JobsSetup
{
    public const string DashboardPath = "/jobs";

    /// <summary>What puts jobs into the queue. It is in memory, or where the ledger is in PostgreSQL, there.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHangfire((provider, hangfire) =>
        {
            hangfire
                .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
                .UseSimpleAssemblyNameTypeSerializer()
                .UseRecommendedSerializerSettings();
            if (configuration.KeepsLedgerInPostgres())
            {
                hangfire.UsePostgresQueue(provider.GetRequiredService<PostgresSettings>());
            }
            else
            {
                hangfire.UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) });
            }
        });
        services.AddSingleton<Evaluations>();
        services.AddSingleton<Replays>();
        return services;
    }

    /// <summary>What keeps the schedule and does the jobs; any number of processes may.</summary>
    public static IServiceCollection AddWorkers(this IServiceCollection services)
    {
        services.AddSingleton<CollectSchedule>();
        services.AddSingleton<JobTurns>();
        services.AddTransient<CollectJob>();
        services.AddTransient<ReplayJob>();
        services.AddTransient<HousekeepingJob>();
        services.AddTransient<EvaluateJob>();
        services.AddHostedService<RecurringJobs>();
        services.AddHostedService<StoreReturn>();
        services.AddServer("collect", CollectSchedule.Queue, 64);
        services.AddServer("collect-slow", CollectSchedule.SlowQueue, 8);
        services.AddServer("evaluate", Evaluations.Queue, 1);
        return services;
    }

    /// <param name="workers">A worker waits while its source does, so there are more of them than processors: a tenth of hundreds of sources may hang.</param>
    private static void AddServer(this IServiceCollection services, string name, string queue, int workers) =>
        services.AddHangfireServer(options =>
        {
            // Of several processes each has its own.
            options.ServerName = string.Create(CultureInfo.InvariantCulture, $"{name}@{Environment.MachineName}:{Environment.ProcessId}");
            options.Queues = [queue];
            options.WorkerCount = workers;

            // Slots are told apart by the second.
            options.SchedulePollingInterval = TimeSpan.FromSeconds(1);
            options.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });

    /// <summary>
    /// The dashboard, on this machine only (Hangfire's own default): whoever may read everything sees it, administrators can act in it.
    /// </summary>
    public static void MapJobs(this WebApplication app) => app
        .MapHangfireDashboard(DashboardPath, new DashboardOptions
        {
            DashboardTitle = "MetricsHub jobs",
            DisplayStorageConnectionString = false,
            IsReadOnlyFunc = context => Caller.Of(context.GetHttpContext())?.Grant.Allows(Scopes.Admin) != true,
        })
        .LetsIn(AccessRule.Overview);
}
