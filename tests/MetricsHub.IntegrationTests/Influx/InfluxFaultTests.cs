using System.Globalization;
using MetricsHub.Domain.Observations;
using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using MetricsHub.Tests.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static MetricsHub.Tests.Storage.StorageSamples;

namespace MetricsHub.IntegrationTests.Influx;

/// <summary>Appends that are broken off, and what readers see meanwhile, on a real InfluxDB.</summary>
public sealed class InfluxFaultTests(InfluxFixture influx) : IClassFixture<InfluxFixture>
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Append_BrokenOffAtAnyRequest_IsThereWholeOrNotAtAllAndOnceInTheEnd(bool losesAnswer, bool restarts)
    {
        var requests = await CountRequestsAsync();
        Assert.InRange(requests, 4, 20);
        for (var broken = 0; broken < requests; broken++)
        {
            var access = influx.NewDatabase();
            using var way = new BreakingHandler();
            var clock = new ImpatientClock();
            var model = new ObservationModel();
            var store = Open(access, way, clock);
            await AppendFirstAsync(store, model);

            way.BreakAfter(broken, losesAnswer);
            await Assert.ThrowsAnyAsync<StoreException>(() => AppendSecondAsync(store));
            way.Mend();
            clock.Advance(TimeSpan.FromMinutes(1));
            time.Advance(TimeSpan.FromMinutes(1));
            store = restarts ? Open(access, way, clock) : store;

            // Before anybody tries again: what was, or all that was to be; and the same at the next look.
            var seen = await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);
            var whole = new ObservationModel();
            await AppendFirstAsync(null, whole);
            whole.Append(Second.Release, Second.Statements, Start);
            string[] answers = [Texts(model.Read(new StatementQuery(SeriesSelection.All))), Texts(whole.Read(new StatementQuery(SeriesSelection.All)))];
            Assert.Contains(Texts(seen), answers);
            Assert.Equal(Texts(await store.LatestAsync(SeriesSelection.All, Cancellation)), Texts(seen.GroupBy(statement => statement.Series).Select(series => series.MaxBy(statement => statement.Period)!)));

            var outcome = await AppendSecondAsync(store);
            Assert.True(model.Append(Second.Release, Second.Statements, outcome.RecordedAt));
            foreach (var late in new[] { store, Open(access, way, clock) })
            {
                Assert.Equal(model.Read(new StatementQuery(SeriesSelection.All)), await late.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation));
                Assert.Equal(model.Latest(SeriesSelection.All), await late.LatestAsync(SeriesSelection.All, Cancellation));
                var before = outcome.RecordedAt.AddTicks(-TimeSpan.TicksPerMicrosecond);
                Assert.Equal(
                    model.Read(new StatementQuery(SeriesSelection.All, AsOf: before)), await late.ReadAsync(new StatementQuery(SeriesSelection.All, AsOf: before), Cancellation));
                Assert.False((await AppendSecondAsync(late)).Changed);
            }
        }
    }

    [Fact]
    public async Task Append_AfterOneThatWasBrokenOff_DoesNotTakeUpWhatThatLeft()
    {
        var access = influx.NewDatabase();
        using var way = new BreakingHandler();
        var clock = new ImpatientClock();
        var store = Open(access, way, clock);
        var model = new ObservationModel();
        await AppendFirstAsync(store, model);

        // Its history is written, and nobody knows; it is never closed.
        way.BreakAfter(await CountRequestsAsync() - 3, losesAnswer: true);
        await Assert.ThrowsAnyAsync<StoreException>(() => AppendSecondAsync(store));
        way.Mend();
        clock.Advance(TimeSpan.FromMinutes(1));

        // The clock stands still: nothing may be mistaken for what was recorded then. The same publication is read again, and states less.
        store = Open(access, way, clock);
        Statement[] less = [Hour(1, 77)];
        var outcome = await store.AppendAsync(Second.Release, less, Cancellation);

        Assert.True(model.Append(Second.Release, less, outcome.RecordedAt));
        Assert.Equal(model.Read(new StatementQuery(SeriesSelection.All)), await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation));

        // Later releases have what was known then read from history, where what was left behind still is.
        Statement[] more = [Hour(1, 7), Hour(2, 8), Hour(4, 9)];
        var fourth = await store.AppendAsync(Release("fourth", published: Start.AddDays(4), arrival: 4), more, Cancellation);
        model.Append(Release("fourth", published: Start.AddDays(4), arrival: 4), more, fourth.RecordedAt);
        var again = await store.AppendAsync(Second.Release with { Reading = new(1, 1) }, [Hour(0, 3)], Cancellation);
        model.Append(Second.Release with { Reading = new(1, 1) }, [Hour(0, 3)], again.RecordedAt);
        foreach (var recordedAt in new[] { outcome.RecordedAt, fourth.RecordedAt, again.RecordedAt })
        {
            var then = new StatementQuery(SeriesSelection.All, AsOf: recordedAt);
            Assert.Equal(model.Read(then), await store.ReadAsync(then, Cancellation));
        }

        foreach (var limit in new[] { 1, 2, 3 })
        {
            var page = new StatementQuery(SeriesSelection.All, AsOf: outcome.RecordedAt.AddTicks(-TimeSpan.TicksPerMicrosecond), Limit: limit);
            Assert.Equal(model.Read(page), await store.ReadAsync(page, Cancellation));
        }
    }

    [Fact]
    public async Task Read_WhileReleasesAreAppended_SeesWholeReleases()
    {
        using var store = influx.Store(influx.NewDatabase(), time);
        await AppendAsync(1);
        var writing = Task.Run(WriteAsync, Cancellation);

        while (!writing.IsCompleted)
        {
            var statements = await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);
            var days = await store.AggregateAsync(new AggregateQuery(SeriesSelection.All, Start, Start.AddDays(9), Step.Day), Cancellation);

            Assert.Equal(72, statements.Count);
            Assert.Single(statements.Select(Number).Distinct());
            Assert.Equal(72, days.Sum(day => day.Count));
            Assert.All(days, day => Assert.Equal(days[0].Minimum, day.Maximum));
        }

        await writing;

        Task AppendAsync(int number) => store.AppendAsync(
            Release($"{number}", arrival: number), [.. Enumerable.Range(0, 72).Select(hour => Hour(hour, number))], Cancellation);

        async Task WriteAsync()
        {
            for (var number = 2; number <= 30; number++)
            {
                await AppendAsync(number);
            }
        }
    }

    [Fact]
    public async Task Append_MoreThanOneBatch_KeepsEveryNumberAsItIs()
    {
        var access = influx.NewDatabase();
        using var store = influx.Store(access, time);
        double[] odd = [0, -0.1, 1e-7, double.MaxValue, double.Epsilon, 1.0 / 3, 1e21, 123456789012345678];
        Statement[] statements = [.. Enumerable.Range(0, 12_345).Select(hour => Hour(hour, odd[hour % odd.Length] + hour / odd.Length))];

        var outcome = await store.AppendAsync(Release("large"), statements, Cancellation);

        var read = await influx.Store(access, time).ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);
        Assert.Equal(statements.Select(statement => statement.Figure), read.Select(statement => statement.Figure));
        Assert.Equal(statements.Select(statement => statement.Row), read.Select(statement => statement.Row));
        Assert.All(read, statement => Assert.Equal(outcome.RecordedAt, statement.RecordedAt));
    }

    [Fact]
    public async Task Append_PeriodsOfMicroseconds_AreKeptAndFinerOnesRefused()
    {
        using var store = influx.Store(influx.NewDatabase(), time);
        var start = Start.AddTicks(TimeSpan.TicksPerMicrosecond);
        var fine = Hour(0, 1) with { Period = new(start, start.AddTicks(TimeSpan.TicksPerMicrosecond)) };

        await store.AppendAsync(Release("a"), [fine], Cancellation);

        Assert.Equal(fine.Period, Assert.Single(await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation)).Period);
        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync(Release("b"), [fine with { Period = new(start, start.AddTicks(1)) }], Cancellation));
        var early = new DateTimeOffset(1600, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync(Release("b"), [fine with { Period = new(early, early.AddHours(1)) }], Cancellation));
    }

    [Fact]
    public async Task Append_FieldThatSomebodyElseMadeAText_NamesTheRowsAndStoresNothing()
    {
        var access = influx.NewDatabase();
        using var store = influx.Store(access, time);
        var second = InfluxTime.NanosecondsOf(Hour(1, 1).Period.Start).ToString(CultureInfo.InvariantCulture);
        await InfluxFixture.Client(access).WriteAsync([$"history,length=1 value=\"text\" {second}"], Cancellation);

        var thrown = await Assert.ThrowsAsync<InfluxException>(() => store.AppendAsync(Release("a"), [Hour(0, 1), Hour(1, 2), Hour(500, 3)], Cancellation));

        Assert.Contains("row 1 (beds@RTP", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("field type conflict", thrown.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation));
    }

    private static readonly (Release Release, Statement[] Statements) Second = (
        Release("second", published: Start.AddDays(2), arrival: 2),
        [Hour(1, 20), Hour(2, 30) with { Figure = Figure.Absent(AbsenceCode.Rejected) }, Hour(3, 40), Hour(0, 5, "arrivals")]);

    private static async Task AppendFirstAsync(InfluxObservationStore? store, ObservationModel model)
    {
        foreach (var (release, statements) in new (Release, Statement[])[]
        {
            (Release("first", published: Start.AddDays(1), arrival: 1), [Hour(0, 1), Hour(1, 2), Hour(2, 3)]),
            (Release("third", published: Start.AddDays(3), arrival: 3), [Hour(1, 99)]),
        })
        {
            var outcome = store is null ? null : await store.AppendAsync(release, statements, Cancellation);
            model.Append(release, statements, outcome?.RecordedAt ?? Start);
        }
    }

    private static Task<AppendOutcome> AppendSecondAsync(InfluxObservationStore store) => store.AppendAsync(Second.Release, Second.Statements, Cancellation);

    private static string Texts(IEnumerable<RecordedStatement> statements) =>
        string.Join('\n', statements.Select(statement => $"{statement.Series} {statement.Period} {statement.Figure} {statement.Row} {statement.Publication}"));

    private async Task<int> CountRequestsAsync()
    {
        using var way = new BreakingHandler();
        var store = Open(influx.NewDatabase(), way, new ImpatientClock());
        await AppendFirstAsync(store, new ObservationModel());
        var before = way.Requests;
        await AppendSecondAsync(store);
        return way.Requests - before;
    }

    private InfluxObservationStore Open(InfluxAccess access, HttpMessageHandler way, TimeProvider clock)
    {
        var client = new InfluxClient(
            new HttpClient(way, disposeHandler: false),
            access,
            new InfluxAvailability("InfluxDB", clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<InfluxAvailability>.Instance),
            clock);
        return InfluxFixture.Store(client, influx.OrderOf(access), new NoOtherProcess(), time);
    }

    /// <summary>A clock on which every wait between two tries is over at once.</summary>
    private sealed class ImpatientClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(5) ? TimeSpan.Zero : dueTime, period);
    }
}
