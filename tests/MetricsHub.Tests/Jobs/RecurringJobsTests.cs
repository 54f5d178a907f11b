using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Jobs;
using MetricsHub.Sources;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Jobs;

public sealed class RecurringJobsTests : IAsyncDisposable
{
    private readonly TestHub hub = TestHub.Empty();
    private readonly InMemoryStorage storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        storage.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Start_JobsOfTheCatalogue_StandOnTheClockOfTheirSource()
    {
        await StartAsync();

        var jobs = storage.GetReadOnlyConnection().GetRecurringJobs().OrderBy(job => job.Id, StringComparer.Ordinal).ToList();
        Assert.Equal([.. hub.Catalogue.Sources.Keys.Select(key => $"collect:{key}").Order(StringComparer.Ordinal), "evaluate", "housekeeping"], jobs.Select(job => job.Id));
        Assert.All(jobs, job => Assert.Equal("Europe/London", job.TimeZoneId));
        Assert.Equal($"{Slots.SecondOf(TestHub.AeMonthly)} 30 9-17 * * 1-5", jobs.Single(job => job.Id == $"collect:{TestHub.AeMonthly}").Cron);
    }

    [Fact]
    public void Slots_OfFiveHundredSources_AreSpreadOverTheMinute()
    {
        var seconds = Enumerable.Range(0, 500).Select(number => Slots.SecondOf(new SourceKey($"feed-{number}"))).ToList();

        Assert.All(seconds, second => Assert.InRange(second, 0, 59));
        Assert.True(seconds.CountBy(second => second).Max(pair => pair.Value) <= 20);
    }

    [Fact]
    public async Task Move_SlowThenQuickRun_MovesTheSourceToTheSlowQueueAndBack()
    {
        await StartAsync();
        var schedule = new CollectSchedule(new RecurringJobManager(storage));
        var source = hub.Catalogue.Sources[TestHub.AeMonthly];

        schedule.Move(source, TimeSpan.FromSeconds(60));
        var slow = QueueOf(source.Key);

        // By another process, which has not seen the slow run.
        new CollectSchedule(new RecurringJobManager(storage)).Move(source, TimeSpan.FromMilliseconds(50));

        Assert.Equal((CollectSchedule.SlowQueue, CollectSchedule.Queue), (slow, QueueOf(source.Key)));
        Assert.Equal(CollectSchedule.Queue, QueueOf(TestHub.VirtualWard));
    }

    private string? QueueOf(SourceKey source) =>
        storage.GetReadOnlyConnection().GetRecurringJobs().Single(job => job.Id == $"collect:{source}").Job.Queue;

    [Fact]
    public async Task Start_JobOfASourceThatIsGone_IsRemoved()
    {
        new RecurringJobManager(storage).AddOrUpdate<CollectJob>("collect:gone", job => job.RunAsync("gone", CancellationToken.None), Cron.Daily);

        await StartAsync();

        Assert.DoesNotContain(storage.GetReadOnlyConnection().GetRecurringJobs(), job => job.Id == "collect:gone");
    }

    [Fact]
    public async Task Start_NeverCollected_CollectsEverySourceAtOnce()
    {
        await StartAsync();

        Assert.Equal(hub.Catalogue.Sources.Keys.Select(key => key.ToString()).Order(), Enqueued());
    }

    [Fact]
    public async Task Start_CollectedSinceTheLastSlot_CollectsNothing()
    {
        await CollectAllAsync();
        hub.Clock.Advance(TimeSpan.FromHours(1));

        await StartAsync();

        Assert.Empty(Enqueued());
    }

    [Fact]
    public async Task Start_ASlotPassedWhileTheHubWasDown_CatchesUp()
    {
        await CollectAllAsync();
        hub.Clock.Advance(TimeSpan.FromDays(100));

        await StartAsync();

        Assert.Equal(hub.Catalogue.Sources.Count, Enqueued().Count());
    }

    [Fact]
    public async Task Start_ARunWasCutShort_SaysSoInTheLedgerAndCollectsAgain()
    {
        await CollectAllAsync();
        await hub.Ledger.StartRunAsync(TestHub.AeMonthly, hub.Clock.GetUtcNow(), Cancellation);

        await StartAsync();

        Assert.Equal([TestHub.AeMonthly.ToString()], Enqueued());
        Assert.Equal(RunOutcome.Interrupted, (await hub.Ledger.ListRunsAsync(TestHub.AeMonthly, 1, Cancellation))[0].Outcome);
    }

    /// <summary>As another process on the ledger does.</summary>
    [Fact]
    public async Task Start_ARunIsUnderWay_LeavesIt()
    {
        await CollectAllAsync();
        await using var run = await hub.Services.GetRequiredService<SourceTurns>().TryStartRunAsync(TestHub.AeMonthly, Cancellation);
        await hub.Ledger.StartRunAsync(TestHub.AeMonthly, hub.Clock.GetUtcNow(), Cancellation);

        await StartAsync();

        Assert.Empty(Enqueued());
        Assert.Equal(RunOutcome.Running, (await hub.Ledger.ListRunsAsync(TestHub.AeMonthly, 1, Cancellation))[0].Outcome);
    }

    private Task StartAsync() =>
        new RecurringJobs(
            hub.Catalogue, new Parsers(), hub.Ledger, hub.Services.GetRequiredService<SourceTurns>(), new CollectSchedule(new RecurringJobManager(storage)), new RecurringJobManager(storage),
            new BackgroundJobClient(storage), hub.Clock, NullLogger<RecurringJobs>.Instance).StartAsync(Cancellation);

    private async Task CollectAllAsync()
    {
        foreach (var source in hub.Catalogue.Sources.Keys)
        {
            await hub.Collector.CollectAsync(source, Cancellation);
        }
    }

    private IEnumerable<string> Enqueued() =>
        storage.GetMonitoringApi().EnqueuedJobs("default", 0, 100).Select(job => (string)job.Value.Job.Args[0]).Order();
}
