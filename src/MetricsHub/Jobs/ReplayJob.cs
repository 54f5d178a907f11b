using Hangfire;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Jobs;

/// <summary>
/// The job that does the replays asked for of one source. It never runs beside a collection of that source, and tries again for hours
/// where one is under way; what was asked for stands in the ledger, so that after a stop the next start does it.
/// </summary>
internal sealed class ReplayJob(Collector collector, Evaluations evaluations)
{
    /// <param name="source">The source's key.</param>
    [AutomaticRetry(Attempts = 100, DelaysInSeconds = [5, 15, 60, 300])]
    public async Task RunAsync(string source, CancellationToken cancellationToken)
    {
        await collector.ReplayAsync(new SourceKey(source), cancellationToken);
        evaluations.Wake();
    }
}
