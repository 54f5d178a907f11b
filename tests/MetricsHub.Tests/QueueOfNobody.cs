using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;

namespace MetricsHub.Tests;

/// <summary>A queue of jobs in which nobody works.</summary>
internal static class QueueOfNobody
{
    /// <summary>The host's own: by itself Hangfire takes the storage and the logger that were made last in the process, which end with another host.</summary>
    public static void AddQueueOfNobody(this IServiceCollection services) => services
        .AddSingleton<JobStorage>(_ => new InMemoryStorage(new InMemoryStorageOptions()))
        .AddHangfire(configuration => configuration.UseNoOpLogProvider());
}
