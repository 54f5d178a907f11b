using Hangfire;
using MetricsHub.Moving;
using Microsoft.Extensions.Options;

namespace MetricsHub.Jobs;

/// <summary>Enters the job <c>backup</c> at every start, or takes it out where no backups are to be made.</summary>
internal sealed class BackupSchedule(IRecurringJobManager recurring, IOptions<BackupOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Folder.Length == 0)
        {
            recurring.RemoveIfExists(BackupJob.Id);
            return Task.CompletedTask;
        }

        recurring.AddOrUpdate<BackupJob>(
            BackupJob.Id,
            job => job.RunAsync(CancellationToken.None),
            BackupJob.Schedule(options.Value.Every),
            new RecurringJobOptions { TimeZone = TimeZoneInfo.Utc, MisfireHandling = MisfireHandlingMode.Relaxed });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
