using Hangfire;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Jobs;

/// <summary>The recurring job <c>collect:{source}</c>. Retries are the next slot's: whatever a run leaves undone, the next one finishes.</summary>
internal sealed class CollectJob(Collector collector, HubCatalogue catalogue, CollectSchedule schedule, Evaluations evaluations, TimeProvider clock)
{
    /// <param name="source">The source's key.</param>
    /// <exception cref="InvalidOperationException">The run failed; thrown so that the dashboard shows it as failed.</exception>
    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    public async Task RunAsync(string source, CancellationToken cancellationToken)
    {
        var key = new SourceKey(source);
        var started = clock.GetTimestamp();
        try
        {
            var result = await collector.CollectAsync(key, cancellationToken);
            if (result.Stored > 0)
            {
                evaluations.Wake();
            }

            if (result.Outcome == RunOutcome.Failed)
            {
                throw new InvalidOperationException(result.Message);
            }
        }
        finally
        {
            schedule.Move(catalogue.Sources[key], clock.GetElapsedTime(started));
        }
    }
}
