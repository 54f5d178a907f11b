using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

public abstract partial class LedgerContract
{
    private static readonly DateTimeOffset Later = Noon.AddDays(100);

    /// <summary>Any runs at all: what a level may take for missing because its source was down is the same at every instant.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RemoveRuns_OfAnyHistory_LeavesEveryStandingAsItWas(int seed)
    {
        var ledger = OpenNew();
        var random = new Random(seed);
        for (var run = 0; run < 40; run++)
        {
            var source = random.Next(2) == 0 ? Monthly : Daily;
            var outcome = (RunOutcome[])[RunOutcome.Succeeded, RunOutcome.Succeeded, RunOutcome.Succeeded, RunOutcome.Partial, RunOutcome.Failed, RunOutcome.Failed, RunOutcome.Interrupted];
            var number = await ledger.StartRunAsync(source, Noon.AddHours(run), Cancellation);
            await ledger.FinishRunAsync(number, new RunResult(outcome[random.Next(outcome.Length)], Noon.AddHours(run + 0.5), 1, 1, 0, null, random.Next(4) / 3), Cancellation);
        }

        var before = await StandingsAsync(ledger);
        var runs = await ledger.ListSourceRunsAsync(Cancellation);

        var removed = await ((ILedgerRetention)ledger).RemoveRunsAsync(Noon.AddHours(35), Later, Cancellation);

        Assert.InRange(removed, 1, 34);
        ledger = Reopen();
        Assert.Equal(before, await StandingsAsync(ledger));
        Assert.Equal(runs, await ledger.ListSourceRunsAsync(Cancellation));
        var action = Assert.Single(await ledger.ListActionsAsync(10, Cancellation));
        Assert.Equal(("housekeeping", "remove", "runs"), (action.Actor, action.Action, action.Object));
        Assert.StartsWith($"{removed}, from before 2026-11-23T23:00:00Z", action.Detail, StringComparison.Ordinal);
        Assert.Equal(0, await ((ILedgerRetention)ledger).RemoveRunsAsync(Noon.AddHours(35), Later, Cancellation));
        Assert.Single(await ledger.ListActionsAsync(10, Cancellation));
    }

    [Fact]
    public async Task RemovePushes_OfBefore_KeepsWhatTheyBrought()
    {
        var ledger = OpenNew();
        await ledger.RegisterPushAsync(PushOf("one", "a"), New(Daily, "a"), Cancellation);
        await ledger.RegisterPushAsync(PushOf("two", "b") with { ReceivedAt = Noon.AddDays(1) }, New(Daily, "b"), Cancellation);

        Assert.Equal(1, await ((ILedgerRetention)ledger).RemovePushesAsync(Noon.AddHours(1), Later, Cancellation));

        Assert.Null(await ledger.FindPushAsync(Daily, "one", Cancellation));
        Assert.NotNull(await ledger.FindPushAsync(Daily, "two", Cancellation));
        Assert.NotNull(await ledger.FindPublicationAsync(Daily, Id("a"), Cancellation));
    }

    [Fact]
    public async Task RemoveRefusedText_OfBefore_KeepsWhatWasRefusedAndWhy()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1, new Rejection(3, "Beds", "not a number", "a lot")), Cancellation);

        Assert.Equal(0, await ((ILedgerRetention)ledger).RemoveRefusedTextAsync(Noon, Later, Cancellation));
        Assert.Equal(1, await ((ILedgerRetention)ledger).RemoveRefusedTextAsync(Noon.AddDays(1), Later, Cancellation));

        var rejection = Assert.Single(await ledger.ListRejectionsAsync(null, null, null, 10, Cancellation));
        Assert.Equal(new Rejection(3, "Beds", "not a number", null), rejection.Rejection);
    }

    [Fact]
    public async Task RemoveReadings_OfVersionsThatAreGone_HasThemEvaluatedAnewShouldTheyComeBack()
    {
        var ledger = OpenNew();
        var (stays, gone) = (new FrameworkVersion("stays", "1"), new FrameworkVersion("gone", "1"));
        await ledger.CompleteEvaluationAsync(0, [new Evaluation(stays, "rules", Noon, Noon, null), new Evaluation(gone, "rules", Noon, Noon, null)], null, Cancellation);

        await ((ILedgerRetention)ledger).RemoveReadingsAsync([stays], [], Noon, Later, Cancellation);
        Assert.Equal(2, (await ledger.ListEvaluationsAsync(Cancellation)).Count);
        await ((ILedgerRetention)ledger).RemoveReadingsAsync([stays], [], Noon.AddDays(1), Later, Cancellation);

        Assert.Equal([stays], (await ledger.ListEvaluationsAsync(Cancellation)).Select(evaluation => evaluation.Framework));
    }

    /// <summary>Two sources had the same bytes: as long as one of them still needs them, they stay.</summary>
    [Fact]
    public async Task EnterBytesRemoved_OfBefore_SparesWhatIsStillToBeReadByAnySource()
    {
        var ledger = OpenNew();
        foreach (var (source, name) in new[] { (Monthly, "read"), (Monthly, "shared"), (Daily, "shared"), (Monthly, "waiting"), (Monthly, "asked") })
        {
            await ledger.RegisterPublicationAsync(New(source, name), Cancellation);
        }

        foreach (var name in new[] { "read", "shared", "asked" })
        {
            await ledger.CompletePublicationAsync(Monthly, Id(name), Completion(1), Cancellation);
        }

        await ledger.AskForReplayAsync(Monthly, [Id("asked")], Noon, "somebody", Cancellation);

        Assert.Equal(1, await ((ILedgerRetention)ledger).EnterBytesRemovedAsync(Noon.AddDays(1), Later, Cancellation));

        ledger = Reopen();
        Assert.Equal([Id("read")], await ((ILedgerRetention)ledger).ListBytesRemovedAsync(Cancellation));
        Assert.Equal(Later, (await ledger.FindPublicationAsync(Id("read"), Cancellation))!.BytesRemovedAt);
        Assert.Null((await ledger.FindPublicationAsync(Id("shared"), Cancellation))!.BytesRemovedAt);

        // A newer parser asks for all that were read by an older one, but not for what is not there.
        Assert.Equal(
            [Id("shared"), Id("waiting"), Id("asked")],
            (await ledger.ListUnfinishedPublicationsAsync(Monthly, 2, Cancellation)).Select(publication => publication.Id));
    }

    /// <summary>At every half hour: whether each source counts as down since any half hour before.</summary>
    private static async Task<List<string>> StandingsAsync(ILedger ledger)
    {
        var standings = new List<string>();
        for (var half = 0; half < 90; half++)
        {
            var at = Noon.AddMinutes(30 * half);
            foreach (var (source, standing) in (await ledger.ReadStandingsAsync(at, Cancellation)).OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal))
            {
                var down = string.Concat(Enumerable.Range(0, half + 1).Select(due => standing.IsDownSince(Noon.AddMinutes(30 * due)) ? '1' : '0'));
                standings.Add($"{half} {source} {standing.IsUnreachable} {down}");
            }
        }

        return standings;
    }
}
