using Hangfire;

namespace MetricsHub.Jobs;

/// <summary>Wakes evaluation when something has been stored. What is due stands in the ledger: a wake-up that is lost delays it, no more.</summary>
internal sealed class Evaluations(IBackgroundJobClient jobs)
{
    public const string Queue = "evaluate";

    public void Wake() => jobs.Enqueue<EvaluateJob>(Queue, job => job.RunAsync(CancellationToken.None));
}
