using Hangfire.Common;
using Hangfire.States;
using MetricsHub.Collection;
using MetricsHub.Storage;

namespace MetricsHub.Jobs;

/// <summary>A run that finds another one like it under way is dropped, not failed and not queued behind it.</summary>
internal sealed class DropOverlappingRunAttribute : JobFilterAttribute, IElectStateFilter
{
    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState { Exception: RunUnderWayException or JobUnderWayException or OvertakenException })
        {
            context.CandidateState = new DeletedState { Reason = "Another run is under way." };
        }
    }
}
