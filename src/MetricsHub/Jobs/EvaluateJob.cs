using Hangfire;
using MetricsHub.Escalation;

namespace MetricsHub.Jobs;

/// <summary>
/// The recurring job <c>evaluate</c>, which also runs after whatever has stored something: one at a time among all processes. What a run that
/// fails, or finds another one under way, leaves due is the next one's.
/// </summary>
internal sealed class EvaluateJob(Evaluator evaluator, JobTurns turns)
{
    public const string Id = "evaluate";

    /// <summary>Every minute: slots end whether or not anything was collected.</summary>
    public const string Schedule = "* * * * *";

    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(Id, cancellationToken);
        await evaluator.EvaluateAsync(cancellationToken);
    }
}
