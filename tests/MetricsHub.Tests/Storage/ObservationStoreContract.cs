using CsCheck;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static MetricsHub.Tests.Storage.StorageSamples;

namespace MetricsHub.Tests.Storage;

/// <summary>What every observation store has to do, whatever keeps its statements.</summary>
public abstract class ObservationStoreContract
{
    private protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A store that holds nothing.</summary>
    private protected abstract IObservationStore OpenNew();

    /// <summary>The same data again, as after a restart.</summary>
    private protected abstract IObservationStore Reopen();

    /// <summary>Whatever the store does in the background; it must change no answer.</summary>
    private protected virtual Task MaintainAsync(IObservationStore store, DateTimeOffset before) => Task.CompletedTask;

    [Fact]
    public async Task Append_SameReadingAgain_ChangesNothing()
    {
        var store = OpenNew();
        var first = await store.AppendAsync(Release("a"), [Hour(0, 1)], Cancellation);
        var version = store.Version;
        Time.Advance(TimeSpan.FromHours(1));

        var second = await store.AppendAsync(Release("a"), [Hour(0, 1)], Cancellation);

        Assert.True(first.Changed);
        Assert.Equal(first with { Changed = false }, second);
        Assert.Equal(version, store.Version);
        Assert.Equal(first with { Changed = false }, await Reopen().AppendAsync(Release("a"), [Hour(0, 1)], Cancellation));
    }

    [Fact]
    public async Task Append_ClockSetBack_RecordsLaterAllTheSame()
    {
        var store = OpenNew();
        var first = await store.AppendAsync(Release("a", arrival: 1), [Hour(0, 1)], Cancellation);
        var second = await store.AppendAsync(Release("b", arrival: 2), [Hour(1, 1)], Cancellation);
        Time.AdjustTime(Time.GetUtcNow().AddDays(-1));

        var third = await Reopen().AppendAsync(Release("c", arrival: 3), [Hour(2, 1)], Cancellation);

        Assert.True(first.RecordedAt < second.RecordedAt);
        Assert.True(second.RecordedAt < third.RecordedAt);
    }

    [Fact]
    public async Task Append_TwoStatementsOfOneSeriesAndPeriod_ThrowsAndKeepsNothing()
    {
        var store = OpenNew();

        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync(Release("a"), [Hour(0, 1), Hour(1, 1), Hour(0, 2)], Cancellation));

        Assert.Equal(0, store.Version);
        Assert.Empty(await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation));
        Assert.Empty(await store.ListSeriesAsync(SeriesSelection.All, Cancellation));
    }

    [Fact]
    public async Task Append_LaterParserVersion_WithdrawsWhatItNoLongerStates()
    {
        var store = OpenNew();
        await store.AppendAsync(Release("a", parser: 1, published: Start.AddDays(9)), [Hour(0, 1), Hour(1, 2)], Cancellation);
        await store.AppendAsync(Release("b", published: Start, arrival: 2), [Hour(0, 7)], Cancellation);

        await store.AppendAsync(Release("a", parser: 2, published: Start.AddDays(-9)), [Hour(0, 3)], Cancellation);

        var statements = await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);
        Assert.Equal(7, Number(statements[0]));
        Assert.Equal(AbsenceCode.Withdrawn, statements[1].Figure.Absence);
        Assert.Equal(statements[1], Assert.Single(await store.LatestAsync(SeriesSelection.All, Cancellation)));
    }

    [Fact]
    public async Task Append_Replay_SupersedesTheReadingBeforeAndLeavesThePast()
    {
        var store = OpenNew();
        var first = await store.AppendAsync(Release("a"), [Hour(0, 1) with { Figure = Figure.Absent(AbsenceCode.Rejected) }, Hour(1, 2)], Cancellation);

        var second = await store.AppendAsync(Release("a", replay: 1), [Hour(0, 1)], Cancellation);

        store = Reopen();
        var now = await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);
        Assert.Equal([Figure.Of(1), Figure.Absent(AbsenceCode.Withdrawn)], now.Select(statement => statement.Figure));
        var then = await store.ReadAsync(new StatementQuery(SeriesSelection.All, AsOf: first.RecordedAt), Cancellation);
        Assert.Equal([Figure.Absent(AbsenceCode.Rejected), Figure.Of(2)], then.Select(statement => statement.Figure));
        Assert.Equal(second with { Changed = false }, await store.AppendAsync(Release("a", replay: 1), [Hour(0, 9)], Cancellation));
        Assert.False((await store.AppendAsync(Release("a"), [Hour(0, 9)], Cancellation)).Changed);
    }

    [Fact]
    public async Task Append_LaterParserThanAReplay_Supersedes()
    {
        var store = OpenNew();
        await store.AppendAsync(Release("a", replay: 3), [Hour(0, 1)], Cancellation);

        Assert.True((await store.AppendAsync(Release("a", parser: 2), [Hour(0, 2)], Cancellation)).Changed);

        Assert.Equal(2, Number(Assert.Single(await store.LatestAsync(SeriesSelection.All, Cancellation))));
    }

    [Fact]
    public async Task Append_Cancelled_KeepsNothing()
    {
        var store = OpenNew();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendAsync(Release("a"), [Hour(0, 1)], cancelled.Token));

        Assert.True((await store.AppendAsync(Release("a"), [Hour(0, 1)], Cancellation)).Changed);
    }

    [Fact]
    public async Task Read_OlderReleaseArrivesLast_KeepsTheNewerOneCurrent()
    {
        var store = OpenNew();
        var newer = await store.AppendAsync(Release("newer", published: Start.AddDays(2), arrival: 1), [Hour(0, 2)], Cancellation);
        await store.AppendAsync(Release("older", published: Start.AddDays(1), arrival: 2), [Hour(0, 1)], Cancellation);
        await store.AppendAsync(Release("undated", arrival: 3), [Hour(0, 3)], Cancellation);

        var statement = Assert.Single(await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation));

        Assert.Equal(new RecordedStatement(Hour(0, 2).Series, Hour(0, 2).Period, Figure.Of(2), 1, Release("newer").Publication, newer.RecordedAt), statement);
        Assert.Equal(statement, Assert.Single(await store.LatestAsync(SeriesSelection.All, Cancellation)));
    }

    [Fact]
    public async Task Read_PageByPage_GivesWhatOneReadGives()
    {
        var store = OpenNew();
        var statements = Enumerable.Range(0, 300).Select(index => Hour(index / 30, index, $"metric-{index % 6}", $"O{index / 6 % 5}")).ToList();
        await store.AppendAsync(Release("a"), statements, Cancellation);
        var all = await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);

        var paged = new List<RecordedStatement>();
        while (await NextPageAsync() is { Count: > 0 } page)
        {
            paged.AddRange(page);
        }

        Assert.Equal(300, all.Count);
        Assert.Equal(all, paged);

        Task<IReadOnlyList<RecordedStatement>> NextPageAsync() => store.ReadAsync(
            new StatementQuery(
                SeriesSelection.All,
                After: paged.Count == 0 ? null : new StatementPosition(paged[^1].Series, paged[^1].Period),
                Limit: 7),
            Cancellation);
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    public async Task Aggregate_DayOfTheClockChange_HoldsItsOwnHours(string day, int hours)
    {
        var store = OpenNew();
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", null);
        var period = LondonCalendar.Day(date);
        var statements = Enumerable.Range(-30, 90)
            .Select(hour => new Statement(
                Series("beds", "RTP"), new Period(period.Start.AddHours(hour), period.Start.AddHours(hour + 1)), Figure.Of(1), 1))
            .ToList();
        await store.AppendAsync(Release("a"), statements, Cancellation);

        var steps = await store.AggregateAsync(
            new AggregateQuery(SeriesSelection.All, period.Start, period.End, Step.Day), Cancellation);

        Assert.Equal(new StepAggregate(Series("beds", "RTP"), period.Start, hours, 0, hours, 1, 1, 1), Assert.Single(steps));
    }

    [Fact]
    public async Task Aggregate_AbsencesOnly_CountsThemAndNoNumber()
    {
        var store = OpenNew();
        await store.AppendAsync(Release("a"), [Hour(0, 1) with { Figure = Figure.Absent(AbsenceCode.Suppressed) }], Cancellation);

        var step = Assert.Single(await store.AggregateAsync(
            new AggregateQuery(SeriesSelection.All, Start, Start.AddDays(1), Step.Hour), Cancellation));

        Assert.Equal((0, 1), (step.Count, step.Absences));
    }

    [Fact]
    public async Task ListSeries_PeriodsInAnyOrder_GivesBothEnds()
    {
        var store = OpenNew();
        await store.AppendAsync(Release("a"), [Hour(5, 1), Hour(9, 1), Hour(2, 1), Hour(3, 1, "arrivals")], Cancellation);

        SeriesExtent[] expected =
        [
            new(Series("arrivals", "RTP"), Start.AddHours(3), Start.AddHours(4)),
            new(Series("beds", "RTP"), Start.AddHours(2), Start.AddHours(10)),
        ];
        Assert.Equal(expected, await store.ListSeriesAsync(SeriesSelection.All, Cancellation));
        Assert.Equal(expected, await Reopen().ListSeriesAsync(SeriesSelection.All, Cancellation));
    }

    [Fact]
    public Task Answers_AnyReleasesInAnyOrder_AreThoseOfTheModel() =>
        Gen.Select(AnyReleases, AnyQuery.Array[12]).SampleAsync((releases, queries) => CompareAsync(releases, queries), iter: 25, threads: 1);

    private async Task CompareAsync(
        (Release Release, IReadOnlyList<Statement> Statements)[] releases, Func<IReadOnlyList<DateTimeOffset>, StatementQuery>[] queries)
    {
        var store = OpenNew();
        var model = new ObservationModel();
        var recorded = new List<DateTimeOffset>();
        for (var index = 0; index < releases.Length; index++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            var (release, statements) = releases[index];
            var outcome = await store.AppendAsync(release, statements, Cancellation);
            recorded.Add(outcome.RecordedAt);
            Assert.Equal(model.Append(release, statements, outcome.RecordedAt), outcome.Changed);
            if (index % 3 == 2)
            {
                await MaintainAsync(store, Start.AddDays(index * 2));
            }
        }

        var asked = Array.ConvertAll(queries, query => query(recorded));
        await CompareAnswersAsync(store, model, asked);
        await MaintainAsync(store, Start.AddDays(60));
        await CompareAnswersAsync(store, model, asked);
        await CompareAnswersAsync(Reopen(), model, asked);
    }

    private static async Task CompareAnswersAsync(IObservationStore store, ObservationModel model, StatementQuery[] queries)
    {
        Assert.Equal(model.Latest(SeriesSelection.All), await store.LatestAsync(SeriesSelection.All, Cancellation));
        foreach (var query in queries)
        {
            Assert.Equal(model.Read(query), await store.ReadAsync(query, Cancellation));
            foreach (var step in Enum.GetValues<Step>())
            {
                var aggregate = new AggregateQuery(
                    query.Selection, query.From ?? Start.AddDays(-1), query.To ?? Start.AddDays(9), step, query.AsOf);
                Assert.Equal(model.Aggregate(aggregate).Select(Meaningful), (await store.AggregateAsync(aggregate, Cancellation)).Select(Meaningful));
            }
        }
    }

    // Without a number the four figures mean nothing.
    private static StepAggregate Meaningful(StepAggregate step) =>
        step.Count > 0 ? step : step with { Sum = 0, Minimum = 0, Maximum = 0, Last = 0 };
}
