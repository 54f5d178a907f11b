using Hangfire;
using Hangfire.InMemory;

namespace MetricsHub.Jobs;

internal static class JobsSetup
{
    public const string DashboardPath = "/jobs";

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddHangfire(configuration => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseInMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(3) }));
        services.AddTransient<CollectJob>();
        services.AddTransient<ReplayJob>();
        services.AddTransient<HousekeepingJob>();
        services.AddSingleton<Replays>();
        services.AddHostedService<RecurringJobs>();
        services.AddHangfireServer(options =>
        {
            options.WorkerCount = 4;
            options.SchedulePollingInterval = TimeSpan.FromSeconds(15);
            options.ShutdownTimeout = TimeSpan.FromSeconds(15);
        });
        return services;
    }

    /// <summary>The dashboard, for callers on this machine only: Hangfire's own default, as the hub listens nowhere else.</summary>
    public static void MapJobs(this WebApplication app) =>
        app.MapHangfireDashboard(DashboardPath, new DashboardOptions { DashboardTitle = "MetricsHub jobs", DisplayStorageConnectionString = false });
}
