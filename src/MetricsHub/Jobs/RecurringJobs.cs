using Cronos;
using Hangfire;
using Hangfire.Storage;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Storage;

namespace MetricsHub.Jobs;

/// <summary>
/// Makes the schedule what the catalogue says at every start, and runs what was missed meanwhile. What was missed is read from the
/// ledger, never from the job queue: the queue does not outlive the process.
/// </summary>
internal sealed partial class RecurringJobs(
    HubCatalogue catalogue,
    Parsers parsers,
    ILedger ledger,
    IRecurringJobManagerV2 recurring,
    IBackgroundJobClient jobs,
    JobStorage storage,
    TimeProvider clock,
    ILogger<RecurringJobs> logger) : IHostedService
{
    private const string Prefix = "collect:";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var interrupted = await ledger.CloseInterruptedRunsAsync(clock.GetUtcNow(), cancellationToken);
        if (interrupted > 0)
        {
            LogInterrupted(interrupted);
        }

        Schedule();
        await CatchUpAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Schedule()
    {
        foreach (var source in catalogue.Sources.Values)
        {
            recurring.AddOrUpdate<CollectJob>(
                Prefix + source.Key,
                job => job.RunAsync(source.Key.ToString(), CancellationToken.None),
                source.Schedule,
                new RecurringJobOptions { TimeZone = source.TimeZone, MisfireHandling = MisfireHandlingMode.Relaxed });
        }

        recurring.AddOrUpdate<HousekeepingJob>(
            HousekeepingJob.Id,
            job => job.RunAsync(CancellationToken.None),
            HousekeepingJob.Schedule,
            new RecurringJobOptions { TimeZone = LondonCalendar.Zone, MisfireHandling = MisfireHandlingMode.Relaxed });

        using var connection = storage.GetReadOnlyConnection();
        var known = catalogue.Sources.Keys.Select(key => Prefix + key).ToHashSet();
        foreach (var job in connection.GetRecurringJobs().Where(job => job.Id.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(job.Id)))
        {
            recurring.RemoveIfExists(job.Id);
            LogRemoved(job.Id);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var runs = (await ledger.ListSourceRunsAsync(cancellationToken)).ToDictionary(entry => entry.Source);
        foreach (var source in catalogue.Sources.Values)
        {
            var known = runs.GetValueOrDefault(source.Key);
            var unfinished = await ledger.ListUnfinishedPublicationsAsync(source.Key, parsers.For(source).Version, cancellationToken);
            if (known?.LastSuccess is not { } success
                || known.Last.Outcome is RunOutcome.Interrupted or RunOutcome.Failed
                || unfinished.Count > 0
                || MissedASlot(source, success.StartedAt))
            {
                jobs.Enqueue<CollectJob>(job => job.RunAsync(source.Key.ToString(), CancellationToken.None));
                LogCatchingUp(source.Key);
            }
        }
    }

    private bool MissedASlot(SourceDefinition source, DateTimeOffset since) =>
        CronExpression.Parse(source.Schedule).GetNextOccurrence(since, source.TimeZone) <= clock.GetUtcNow();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} run(s) were cut short when the hub last stopped; their sources are collected again")]
    private partial void LogInterrupted(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the job {Job}, whose source is no longer in the catalogue")]
    private partial void LogRemoved(string job);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: collecting at once, because a run is missing or unfinished")]
    private partial void LogCatchingUp(SourceKey source);
}
