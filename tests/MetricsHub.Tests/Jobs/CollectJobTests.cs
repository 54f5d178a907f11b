using Hangfire;
using Hangfire.InMemory;
using MetricsHub.Domain.Publications;
using MetricsHub.Jobs;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Jobs;

public sealed class CollectJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AnotherRunOfTheSourceIsUnderWay_IsDroppedAndOtherSourcesAreNot()
    {
        await using var hub = TestHub.Empty();
        using var storage = new InMemoryStorage();
        await using var underWay = await RunOf(hub, TestHub.AeMonthly);
        var jobs = new BackgroundJobClient(storage);
        var overlapping = jobs.Enqueue<CollectJob>(job => job.RunAsync(TestHub.AeMonthly.ToString(), CancellationToken.None));
        var other = jobs.Enqueue<CollectJob>(job => job.RunAsync(TestHub.VirtualWard.ToString(), CancellationToken.None));

        using (new BackgroundJobServer(new BackgroundJobServerOptions { Activator = new Activator(hub, storage), WorkerCount = 1 }, storage))
        {
            Assert.Equal("Deleted", await StateAsync(storage, overlapping));
            Assert.Equal("Succeeded", await StateAsync(storage, other));
        }

        Assert.Empty(await hub.Ledger.ListRunsAsync(TestHub.AeMonthly, 10, Cancellation));
    }

    [Fact]
    public async Task Replay_ACollectionOfTheSourceIsUnderWay_WaitsForItAndIsThenDone()
    {
        await using var hub = TestHub.Empty();
        hub.Drop(TestHub.AeMonthly, "a.csv", "nothing"u8.ToArray());
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        using var storage = new InMemoryStorage();
        var underWay = await RunOf(hub, TestHub.AeMonthly);
        var publication = (await hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 1, Cancellation))[0];
        var replays = new Replays(hub.Ledger, hub.Services.GetRequiredService<MetricsHub.Collection.Archive>(), new BackgroundJobClient(storage), hub.Clock);
        await replays.AskAsync(TestHub.AeMonthly, [publication.Id], "local", Cancellation);
        var job = Assert.Single(storage.GetMonitoringApi().EnqueuedJobs("default", 0, 10)).Key;

        using (new BackgroundJobServer(new BackgroundJobServerOptions { Activator = new Activator(hub, storage), WorkerCount = 1 }, storage))
        {
            Assert.Equal("Scheduled", await StateAsync(storage, job, "Scheduled"));
            Assert.Equal(0, (await hub.Ledger.FindPublicationAsync(publication.Id, Cancellation))!.Reading.Replay);
            await underWay.DisposeAsync();
            Assert.True(new BackgroundJobClient(storage).Requeue(job));
            Assert.Equal("Succeeded", await StateAsync(storage, job));
        }

        Assert.Equal(1, (await hub.Ledger.FindPublicationAsync(publication.Id, Cancellation))!.Reading.Replay);
        Assert.Single(await hub.Ledger.ListRunsAsync(TestHub.AeMonthly, 10, Cancellation));
    }

    [Fact]
    public async Task Run_NoLocationCanBeRead_ShowsAsFailedAndIsNotRetried()
    {
        await using var hub = TestHub.Empty();
        Assert.NotEmpty(hub.Services.GetRequiredService<MetricsHub.Collection.LocationFactory>().LocationsOf(hub.Catalogue.Sources[TestHub.AeMonthly]));
        Directory.Delete(Path.Combine(hub.DataFolder, "inbox", TestHub.AeMonthly.ToString()));
        using var storage = new InMemoryStorage();
        var failing = new BackgroundJobClient(storage).Enqueue<CollectJob>(job => job.RunAsync(TestHub.AeMonthly.ToString(), CancellationToken.None));

        using (new BackgroundJobServer(new BackgroundJobServerOptions { Activator = new Activator(hub, storage), WorkerCount = 1 }, storage))
        {
            Assert.Equal("Failed", await StateAsync(storage, failing));
        }

        Assert.Equal(RunOutcome.Failed, Assert.Single(await hub.Ledger.ListRunsAsync(TestHub.AeMonthly, 10, Cancellation)).Outcome);
    }

    private static async Task<IAsyncDisposable> RunOf(TestHub hub, SourceKey source)
    {
        var run = await hub.Services.GetRequiredService<MetricsHub.Collection.SourceTurns>().TryStartRunAsync(source, Cancellation);
        Assert.NotNull(run);
        return run;
    }

    /// <summary>The state in which a job comes to rest.</summary>
    private static async Task<string> StateAsync(InMemoryStorage storage, string job, string waitedFor = "Succeeded")
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var state = storage.GetReadOnlyConnection().GetJobData(job).State;
            if (state is "Succeeded" or "Failed" or "Deleted" || state == waitedFor)
            {
                return state;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private sealed class Activator(TestHub hub, InMemoryStorage storage) : JobActivator
    {
        public override object ActivateJob(Type jobType) => jobType == typeof(ReplayJob)
            ? new ReplayJob(hub.Collector, new Evaluations(new BackgroundJobClient(storage), TimeProvider.System, NullLogger<Evaluations>.Instance))
            : new CollectJob(hub.Collector, hub.Catalogue, new CollectSchedule(new RecurringJobManager(storage)), new Evaluations(new BackgroundJobClient(storage), TimeProvider.System, NullLogger<Evaluations>.Instance), hub.Clock);
    }
}
