using Cronos;
using Hangfire;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
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
    SourceTurns turns,
    CollectSchedule schedule,
    IRecurringJobManagerV2 recurring,
    IBackgroundJobClient jobs,
    TimeProvider clock,
    ILogger<RecurringJobs> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var interrupted = await CloseInterruptedRunsAsync(cancellationToken);
        if (interrupted > 0)
        {
            LogInterrupted(interrupted);
        }

        var runs = (await ledger.ListSourceRunsAsync(cancellationToken)).ToDictionary(entry => entry.Source);
        Schedule(runs);
        await CatchUpAsync(runs, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Of every source whose run nobody has: what another process is collecting goes on.</summary>
    private async Task<int> CloseInterruptedRunsAsync(CancellationToken cancellationToken)
    {
        var closed = 0;
        foreach (var source in (await ledger.ListSourceRunsAsync(cancellationToken)).Where(entry => entry.Last.Outcome == RunOutcome.Running).Select(entry => entry.Source))
        {
            await using var run = await turns.TryStartRunAsync(source, cancellationToken);
            closed += run is null ? 0 : await ledger.CloseInterruptedRunsAsync(source, clock.GetUtcNow(), cancellationToken);
        }

        return closed;
    }

    private void Schedule(Dictionary<SourceKey, SourceRuns> runs)
    {
        foreach (var source in catalogue.Sources.Values)
        {
            schedule.Place(source, runs.GetValueOrDefault(source.Key)?.Last is { FinishedAt: { } finished } last ? finished - last.StartedAt : null);
        }

        recurring.AddOrUpdate<HousekeepingJob>(
            HousekeepingJob.Id,
            job => job.RunAsync(CancellationToken.None),
            HousekeepingJob.Schedule,
            new RecurringJobOptions { TimeZone = LondonCalendar.Zone, MisfireHandling = MisfireHandlingMode.Relaxed });

        recurring.AddOrUpdate<EvaluateJob>(
            EvaluateJob.Id,
            Evaluations.Queue,
            job => job.RunAsync(CancellationToken.None),
            EvaluateJob.Schedule,
            new RecurringJobOptions { TimeZone = LondonCalendar.Zone, MisfireHandling = MisfireHandlingMode.Relaxed });

        foreach (var job in schedule.RemoveAllBut(catalogue.Sources.Keys))
        {
            LogRemoved(job);
        }
    }

    private async Task CatchUpAsync(Dictionary<SourceKey, SourceRuns> runs, CancellationToken cancellationToken)
    {
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
