using Hangfire;
using MetricsHub.Escalation;

namespace MetricsHub.Jobs;

/// <summary>
/// The recurring job <c>evaluate</c>, which also runs after whatever has stored something. It has one worker, so that runs never overlap;
/// what a run that fails leaves due is the next one's.
/// </summary>
internal sealed class EvaluateJob(Evaluator evaluator)
{
    public const string Id = "evaluate";

    /// <summary>Every minute: slots end whether or not anything was collected.</summary>
    public const string Schedule = "* * * * *";

    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    [DisableConcurrentExecution(Id, 0)]
    public Task RunAsync(CancellationToken cancellationToken) => evaluator.EvaluateAsync(cancellationToken);
}
