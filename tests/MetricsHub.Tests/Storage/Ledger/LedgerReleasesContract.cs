using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

/// <summary>What every ledger has to do to keep the order of the releases of a store that is elsewhere.</summary>
public abstract class LedgerReleasesContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SourceKey Feed = new("feed");
    private static readonly StartSpan Morning = new(Noon.AddHours(-6), Noon.AddHours(-1));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract IReleaseClock OpenNew();

    /// <summary>The same ledger, as another process has it, or this one after a restart.</summary>
    private protected abstract IReleaseClock Another();

    [Fact]
    public async Task Give_ClockSetBackOrStandingStill_GrowsOverAllProcesses()
    {
        var clock = OpenNew();
        var first = await clock.GiveAsync(Feed, Morning, 0, Noon, Cancellation);
        var second = await Another().GiveAsync(Feed, Morning, 0, Noon, Cancellation);
        var third = await Another().GiveAsync(Feed, Morning, 0, Noon.AddDays(-1), Cancellation);
        var fourth = await clock.GiveAsync(Feed, Morning, 0, Noon.AddMinutes(1), Cancellation);

        Assert.Equal(Microseconds(Noon), first.RecordedAt);
        Assert.Equal([first.RecordedAt + 1, first.RecordedAt + 2], [second.RecordedAt, third.RecordedAt]);
        Assert.Equal(Microseconds(Noon.AddMinutes(1)), fourth.RecordedAt);
    }

    [Fact]
    public async Task Give_OthersAreOpen_TellsWhatThoseOfItsSourceSpeakOf()
    {
        var clock = OpenNew();
        var evening = new StartSpan(Noon.AddHours(5), Noon.AddHours(9));
        Assert.Empty((await clock.GiveAsync(Feed, Morning, 0, Noon, Cancellation)).Open);
        await clock.GiveAsync(new SourceKey("another"), Morning, 0, Noon, Cancellation);
        await clock.GiveAsync(Feed, span: null, 0, Noon, Cancellation);
        var withdrawn = await clock.GiveAsync(Feed, evening, 0, Noon, Cancellation);

        Assert.Equal([Morning, evening], (await Another().GiveAsync(Feed, evening, 0, Noon, Cancellation)).Open.OrderBy(span => span.First));

        await clock.WithdrawAsync(withdrawn.RecordedAt, Cancellation);
        var last = await Another().GiveAsync(Feed, evening, 0, Noon, Cancellation);
        Assert.Equal([Morning, evening], last.Open.OrderBy(span => span.First));
        await clock.CloseAsync(last.RecordedAt, Cancellation);
        await clock.FinishAsync(last.RecordedAt, Cancellation);
        Assert.Equal(2, (await clock.GiveAsync(Feed, evening, last.RecordedAt, Noon, Cancellation)).Open.Count);
    }

    [Fact]
    public async Task Close_AnotherWasGivenSince_IsRefusedForGood()
    {
        var clock = OpenNew();
        var late = await clock.GiveAsync(Feed, Morning, 0, Noon, Cancellation);
        var next = await Another().GiveAsync(Feed, Morning, 0, Noon, Cancellation);

        await Assert.ThrowsAsync<OvertakenException>(() => clock.CloseAsync(late.RecordedAt, Cancellation));
        await Another().CloseAsync(next.RecordedAt, Cancellation);
        await Assert.ThrowsAsync<OvertakenException>(() => clock.CloseAsync(late.RecordedAt, Cancellation));

        var standing = await clock.ReadAsync(Cancellation);
        Assert.Equal((next.RecordedAt, next.RecordedAt, 0, false), (standing.Closed, standing.Finishing, standing.Finished, standing.IsFinished));
    }

    [Fact]
    public async Task Give_MoreIsFinishedThanItKnows_IsRefused()
    {
        var clock = OpenNew();
        var first = await clock.GiveAsync(Feed, Morning, 0, Noon, Cancellation);
        await clock.CloseAsync(first.RecordedAt, Cancellation);

        await Assert.ThrowsAsync<OvertakenException>(() => Another().GiveAsync(Feed, Morning, 0, Noon, Cancellation));
        await clock.FinishAsync(first.RecordedAt, Cancellation);
        await Assert.ThrowsAsync<OvertakenException>(() => Another().GiveAsync(Feed, Morning, 0, Noon, Cancellation));

        Assert.Equal(first.RecordedAt + 1, (await Another().GiveAsync(Feed, Morning, first.RecordedAt, Noon, Cancellation)).RecordedAt);
    }

    [Fact]
    public async Task TakeOver_OfWhatWasClosedAndLeft_HasTheFirstOneFinishNothing()
    {
        var clock = OpenNew();
        var left = (await clock.GiveAsync(Feed, Morning, 0, Noon, Cancellation)).RecordedAt;
        await clock.CloseAsync(left, Cancellation);
        var seen = await Another().ReadAsync(Cancellation);

        var since = await Another().TakeOverAsync(seen, Noon, Cancellation);

        await Assert.ThrowsAsync<OvertakenException>(() => Another().TakeOverAsync(seen, Noon, Cancellation));
        await Assert.ThrowsAsync<OvertakenException>(() => clock.FinishAsync(left, Cancellation));
        await Another().FinishAsync(since, Cancellation);
        await Assert.ThrowsAsync<OvertakenException>(() => Another().FinishAsync(since, Cancellation));
        var standing = await clock.ReadAsync(Cancellation);
        Assert.Equal((left, since, since), (standing.Closed, standing.Finishing, standing.Finished));
        Assert.True(left < since);
        Assert.Equal([left], standing.Overtaken);
    }

    [Fact]
    public async Task Adopt_StoreOfAnotherLedger_CountsItsLastReleaseAsLeft()
    {
        var clock = OpenNew();
        await clock.AdoptAsync(given: Microseconds(Noon) + 5, closed: Microseconds(Noon), Cancellation);

        var standing = await Another().ReadAsync(Cancellation);
        Assert.Equal((Microseconds(Noon), false), (standing.Closed, standing.IsFinished));
        var since = await clock.TakeOverAsync(standing, Noon, Cancellation);
        await clock.FinishAsync(since, Cancellation);
        Assert.Equal(Microseconds(Noon) + 6, since);
        Assert.True((await clock.GiveAsync(Feed, Morning, since, Noon, Cancellation)).RecordedAt > since);
    }

    private static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
