using MetricsHub.Domain.Observations;
using MetricsHub.IntegrationTests.Influx;
using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using MetricsHub.Tests.Storage;
using Xunit;
using static MetricsHub.Tests.Storage.StorageSamples;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>
/// A process that dies, or stands still and wakes, in front of any step of an append, while another one goes on. Neither has locks: whatever
/// is right here is right also for who has lost the turn without noticing.
/// </summary>
public sealed class AppendStepsTests(InfluxFixture influx) : IClassFixture<InfluxFixture>
{
    private static readonly StatementQuery Everything = new(SeriesSelection.All);

    private static readonly (Release Release, Statement[] Statements) First = (Release("first", published: Start.AddDays(1), arrival: 1), [Hour(0, 1), Hour(1, 2), Hour(2, 3)]);

    private static readonly (Release Release, Statement[] Statements) Broken = (
        Release("broken", published: Start.AddDays(2), arrival: 2),
        [Hour(1, 20), Hour(2, 30) with { Figure = Figure.Absent(AbsenceCode.Rejected) }, Hour(3, 40), Hour(0, 5, "arrivals")]);

    /// <summary>They say something else of what the broken one speaks of; the last one, of what it alone would speak of.</summary>
    private static readonly (Release Release, Statement[] Statements)[] Others =
    [
        (Release("second", published: Start.AddDays(3), arrival: 3), [Hour(1, 200), Hour(3, 400)]),
        (Release("third", published: Start.AddDays(1), arrival: 4), [Hour(2, 300), Hour(0, 50, "arrivals"), Hour(4, 500)]),
        (Release("first", published: Start.AddDays(4), arrival: 1, replay: 1), [Hour(0, 7), Hour(5, 600)]),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_ProcessDiesBeforeAnyStep_IsFinishedByAnotherOrNeverWas()
    {
        var count = await CountStepsAsync();
        Assert.InRange(count, 7, 20);
        for (var step = 0; step < count; step++)
        {
            var site = new Site(influx);
            var (victim, survivor) = (site.Open(), site.Open());
            await site.AppendAsync(victim, First);
            await survivor.FollowAsync(Cancellation);

            site.Steps.After(step, () => Task.FromException(new HttpRequestException("The process has died.")), toAll: true);
            await Assert.ThrowsAnyAsync<Exception>(() => victim.AppendAsync(Broken.Release, Broken.Statements, Cancellation));

            // Whatever it has committed is there within one look of a process that only reads.
            await survivor.KeepUpAsync(Cancellation);
            await survivor.KeepUpAsync(Cancellation);
            var seen = await survivor.ReadAsync(Everything, Cancellation);
            Assert.Equal(seen, await site.Open().ReadAsync(Everything, Cancellation));
            var outcome = await survivor.AppendAsync(Broken.Release, Broken.Statements, Cancellation);
            if (!outcome.Changed)
            {
                Assert.Equal(5, seen.Count);
            }

            site.Model.Append(Broken.Release, Broken.Statements, outcome.RecordedAt);
            await site.AppendAsync(survivor, Others);
            await site.AssertAgreesAsync(survivor, site.Open());
        }
    }

    [Fact]
    public async Task Append_ProcessStandsStillBeforeAnyStepWhileAnotherAppends_OverwritesNothing()
    {
        var count = await CountStepsAsync();
        for (var step = 0; step < count; step++)
        {
            var site = new Site(influx);
            var (sleeper, other) = (site.Open(), site.Open());
            await site.AppendAsync(sleeper, First);
            var (sleeps, wakes) = (new TaskCompletionSource(), new TaskCompletionSource());
            site.Steps.After(
                step,
                () =>
                {
                    sleeps.TrySetResult();
                    return wakes.Task;
                },
                toAll: false);
            var appending = Task.Run(() => sleeper.AppendAsync(Broken.Release, Broken.Statements, Cancellation), Cancellation);
            await sleeps.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

            var outcomes = await site.AppendAsync(other, keep: false, Others);
            wakes.SetResult();
            var late = await appending.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

            Assert.True(late.Changed);
            foreach (var (append, outcome) in Others.Zip(outcomes).Append((Broken, late)).OrderBy(entry => entry.Item2.RecordedAt))
            {
                Assert.True(site.Model.Append(append.Release, append.Statements, outcome.RecordedAt));
            }

            await site.AssertAgreesAsync(sleeper, other, site.Open());
            await site.AppendAsync(sleeper, (Release("last", published: Start.AddDays(9), arrival: 9), [Hour(1, -1), Hour(5, -5)]));
            await site.AssertAgreesAsync(sleeper, other, site.Open());
        }
    }

    private async Task<int> CountStepsAsync()
    {
        var site = new Site(influx);
        var store = site.Open();
        await site.AppendAsync(store, First);
        var before = site.Steps.Count;
        await store.AppendAsync(Broken.Release, Broken.Statements, Cancellation);
        return site.Steps.Count - before;
    }

    /// <summary>A database with its ledger, the processes on it, and what they ought to answer. The first one's steps are counted.</summary>
    private sealed class Site(InfluxFixture influx)
    {
        private readonly InfluxAccess access = influx.NewDatabase();
        private bool isStepped = true;

        public Steps Steps { get; } = new();

        public ObservationModel Model { get; } = new();

        public InfluxObservationStore Open()
        {
            var (handler, order) = ((HttpMessageHandler)new SocketsHttpHandler(), influx.OrderOf(access));
            if (isStepped)
            {
                (handler, order, isStepped) = (new SteppedHandler(Steps), new SteppedClock(order, Steps), false);
            }

            return InfluxFixture.Store(InfluxFixture.Client(access, handler), order, new NoOtherProcess(), TimeProvider.System);
        }

        public Task<List<AppendOutcome>> AppendAsync(InfluxObservationStore store, params (Release Release, Statement[] Statements)[] releases) => AppendAsync(store, keep: true, releases);

        public async Task<List<AppendOutcome>> AppendAsync(InfluxObservationStore store, bool keep, params (Release Release, Statement[] Statements)[] releases)
        {
            var outcomes = new List<AppendOutcome>();
            foreach (var (release, statements) in releases)
            {
                var outcome = await store.AppendAsync(release, statements, Cancellation);
                Assert.True(outcome.Changed);
                Assert.True(!keep || Model.Append(release, statements, outcome.RecordedAt));
                outcomes.Add(outcome);
            }

            return outcomes;
        }

        public async Task AssertAgreesAsync(params InfluxObservationStore[] stores)
        {
            foreach (var store in stores)
            {
                await store.FollowAsync(Cancellation);
                Assert.Equal(Model.Read(Everything), await store.ReadAsync(Everything, Cancellation));
                Assert.Equal(Model.Latest(SeriesSelection.All), await store.LatestAsync(SeriesSelection.All, Cancellation));
                foreach (var recordedAt in Model.Read(Everything).Select(statement => statement.RecordedAt).Distinct())
                {
                    var then = Everything with { AsOf = recordedAt.AddTicks(-TimeSpan.TicksPerMicrosecond) };
                    Assert.Equal(Model.Read(then), await store.ReadAsync(then, Cancellation));
                }

                var days = new AggregateQuery(SeriesSelection.All, Start, Start.AddDays(1), Step.Day);
                Assert.Equal(Model.Aggregate(days), await store.AggregateAsync(days, Cancellation));
            }
        }
    }
}
