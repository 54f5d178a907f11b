using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace MetricsHub.Jobs;

/// <summary>A run that finds another one of its source under way is dropped, not failed and not queued behind it.</summary>
internal sealed class DropOverlappingRunAttribute : JobFilterAttribute, IElectStateFilter
{
    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState { Exception: DistributedLockTimeoutException })
        {
            context.CandidateState = new DeletedState { Reason = "Another run of this source is under way." };
        }
    }
}
