using Hangfire;
using Hangfire.Storage;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Jobs;

/// <summary>
/// The recurring jobs <c>collect:{source}</c>. A source whose last run was slow is collected by workers of its own, so that
/// publishers who hang keep nobody waiting but each other.
/// </summary>
internal sealed class CollectSchedule(IRecurringJobManagerV2 recurring)
{
    public const string Prefix = "collect:";
    public const string Queue = "default";
    public const string SlowQueue = "slow";

    /// <summary>From here on a run is slow: most take a fraction of a second, one that hangs takes its whole deadline.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    /// <summary>Enters a source as the catalogue has it, in the queue that its last run asks for.</summary>
    /// <param name="lastRun">How long its last run took; null where there was none.</param>
    public void Place(SourceDefinition source, TimeSpan? lastRun) => recurring.AddOrUpdate<CollectJob>(
        Prefix + source.Key,
        QueueAfter(lastRun),
        job => job.RunAsync(source.Key.ToString(), CancellationToken.None),
        Slots.CronOf(source),
        new RecurringJobOptions { TimeZone = source.TimeZone, MisfireHandling = MisfireHandlingMode.Relaxed });

    /// <summary>Moves a source to the other queue where a run asks for it. Where it is, the queue knows: another process may have run it before.</summary>
    public void Move(SourceDefinition source, TimeSpan run)
    {
        using var connection = recurring.Storage.GetReadOnlyConnection();
        if (connection.GetRecurringJobs([Prefix + source.Key]) is [{ Job.Queue: { } queue }] && queue != QueueAfter(run))
        {
            Place(source, run);
        }
    }

    private static string QueueAfter(TimeSpan? run) => run >= Slow ? SlowQueue : Queue;

    /// <summary>Removes the jobs of sources that are not among those given; returns their names.</summary>
    public IReadOnlyList<string> RemoveAllBut(IEnumerable<SourceKey> sources)
    {
        using var connection = recurring.Storage.GetReadOnlyConnection();
        var known = sources.Select(key => Prefix + key).ToHashSet();
        List<string> gone =
        [
            .. connection.GetRecurringJobs().Select(job => job.Id).Where(id => id.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(id)),
        ];
        gone.ForEach(recurring.RemoveIfExists);
        return gone;
    }
}
