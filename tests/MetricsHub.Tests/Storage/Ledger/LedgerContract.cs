using System.Text;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

/// <summary>What every ledger has to do, whatever keeps it.</summary>
public abstract partial class LedgerContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SourceKey Monthly = new("monthly");
    private static readonly SourceKey Daily = new("daily");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A ledger with nothing in it.</summary>
    private protected abstract ILedger OpenNew();

    /// <summary>The same data again, as after a restart.</summary>
    private protected abstract ILedger Reopen();

    [Fact]
    public async Task Register_NewPublication_KeepsAllItIsTold()
    {
        var ledger = OpenNew();

        var registered = await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);

        var expected = new Publication(
            Monthly, Id("a"), new ReleaseOrder(Noon.AddDays(-1), 2, registered.Release.Arrival), "https://example.org/a.csv", "a.csv", "A, revised 2", Noon, 42,
            PublicationState.Archived, default, 0, null, Tally.Empty, registered.Reconciliation, null, null);
        Assert.Equal(expected, registered);
        Assert.Equal(0, registered.Reconciliation.FieldsCompared);
        AssertSame(registered, await Reopen().FindPublicationAsync(Id("a"), Cancellation));
    }

    [Fact]
    public async Task Register_KnownPublicationUnderAnotherName_ReturnsItAsItStands()
    {
        var ledger = OpenNew();
        var first = await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        var version = ledger.Version;

        var again = await ledger.RegisterPublicationAsync(New(Monthly, "a") with { FileName = "other.csv", Revision = 9 }, Cancellation);
        var elsewhere = await ledger.RegisterPublicationAsync(New(Daily, "a"), Cancellation);

        AssertSame(first, again);
        Assert.Equal(version + 1, ledger.Version);
        Assert.True(elsewhere.Release.Arrival > first.Release.Arrival);
        AssertSame(first, await ledger.FindPublicationAsync(Id("a"), Cancellation));
    }

    [Fact]
    public async Task Complete_Stored_KeepsTallyReconciliationAndPeriods()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);

        var completed = await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1, new Rejection(3, "Beds", "not a number", "x")), Cancellation);

        var publication = (await Reopen().FindPublicationAsync(Id("a"), Cancellation))!;
        AssertSame(publication, completed);
        var completion = Completion(1);
        Assert.Equal((PublicationState.Stored, new Reading(1, 0)), (publication.State, publication.Reading));
        Assert.Equal(completion.Tally, publication.Tally);
        Assert.Equal(completion.Reconciliation.Differences, publication.Reconciliation.Differences);
        Assert.Equal(ReconciliationOutcome.Mismatch, publication.Reconciliation.Outcome);
        Assert.Equal(completion.Periods, publication.Periods);
        Assert.Equal(completion.RecordedAt, publication.RecordedAt);
        Assert.Null(publication.Release.PublishedAt);
    }

    [Fact]
    public async Task ListNewestPeriodEnds_SeveralPublications_GivesTheFurthestOfEachSource()
    {
        var ledger = OpenNew();
        foreach (var (source, name, month) in new[] { (Monthly, "a", 7), (Monthly, "b", 5), (Daily, "a", 6) })
        {
            await ledger.RegisterPublicationAsync(New(source, name), Cancellation);
            await ledger.CompletePublicationAsync(source, Id(name), Completion(1) with { Periods = LondonCalendar.Month(2026, month) }, Cancellation);
        }

        await ledger.RegisterPublicationAsync(New(new SourceKey("empty"), "c"), Cancellation);
        await ledger.CompletePublicationAsync(new SourceKey("empty"), Id("c"), Completion(1) with { Periods = null }, Cancellation);

        Assert.Equal(
            [(Daily, LondonCalendar.Month(2026, 6).End), (Monthly, LondonCalendar.Month(2026, 7).End)],
            (await ledger.ListNewestPeriodEndsAsync(null, Cancellation)).Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value));
        Assert.Equal(KeyValuePair.Create(Daily, LondonCalendar.Month(2026, 6).End), Assert.Single(await ledger.ListNewestPeriodEndsAsync(Daily, Cancellation)));
    }

    [Fact]
    public async Task CountWaiting_SomeArchivedAndSomeStored_CountsTheArchivedOfEachSource()
    {
        var ledger = OpenNew();
        foreach (var (source, name) in new[] { (Monthly, "a"), (Monthly, "b"), (Monthly, "c"), (Daily, "a") })
        {
            await ledger.RegisterPublicationAsync(New(source, name), Cancellation);
        }

        await ledger.CompletePublicationAsync(Monthly, Id("b"), Completion(1), Cancellation);
        await ledger.CompletePublicationAsync(Daily, Id("a"), Completion(1), Cancellation);

        Assert.Equal(KeyValuePair.Create(Monthly, 2), Assert.Single(await ledger.CountWaitingAsync(Cancellation)));
    }

    [Fact]
    public async Task Complete_ReadAgain_ReplacesItsRejections()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1, new Rejection(3, "Beds", "old", "x"), new Rejection(4, null, "old", null)), Cancellation);

        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(2, new Rejection(7, null, "new", "y")), Cancellation);

        var rejection = Assert.Single(await ledger.ListRejectionsAsync(null, Id("a"), null, 10, Cancellation));
        Assert.Equal(new Rejection(7, null, "new", "y"), rejection.Rejection);
        Assert.Single((await ledger.FindPublicationAsync(Id("a"), Cancellation))!.Reconciliation.Differences);
    }

    [Fact]
    public async Task Complete_NotRegistered_ThrowsAndChangesNothing()
    {
        var ledger = OpenNew();

        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1), Cancellation));

        Assert.Equal(0, ledger.Version);
    }

    [Fact]
    public async Task ListUnfinished_SomeReadByAnOlderParser_GivesThoseAndTheArchived()
    {
        var ledger = OpenNew();
        foreach (var name in (string[])["old", "current", "archived", "refused"])
        {
            await ledger.RegisterPublicationAsync(New(Monthly, name), Cancellation);
        }

        await ledger.RegisterPublicationAsync(New(Daily, "elsewhere"), Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("old"), Completion(1), Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("current"), Completion(2), Cancellation);
        await ledger.CompletePublicationAsync(
            Monthly, Id("refused"), Completion(2) with { State = PublicationState.Refused, Failure = "not a CSV" }, Cancellation);

        var unfinished = await ledger.ListUnfinishedPublicationsAsync(Monthly, 2, Cancellation);

        Assert.Equal(["old.csv", "archived.csv"], unfinished.Select(publication => publication.FileName));
        Assert.Equal("not a CSV", (await ledger.FindPublicationAsync(Id("refused"), Cancellation))!.Failure);
    }

    [Fact]
    public async Task Bar_NewPublication_KeepsTheReasonAndIsNeverUnfinished()
    {
        var ledger = OpenNew();
        var barred = await ledger.BarPublicationAsync(New(Monthly, "a") with { ArchivedBytes = 0 }, "field 3 holds what it must not", Cancellation);
        var version = ledger.Version;
        await ledger.BarPublicationAsync(New(Monthly, "a") with { ArchivedBytes = 0 }, "another reason", Cancellation);

        ledger = Reopen();
        Assert.Equal(version, ledger.Version);
        AssertSame(barred, await ledger.FindPublicationAsync(Id("a"), Cancellation));
        Assert.Equal(
            (PublicationState.Barred, "field 3 holds what it must not", 0, 0), (barred.State, barred.Failure, barred.ArchivedBytes, barred.Reading.ParserVersion));
        Assert.Empty(await ledger.ListUnfinishedPublicationsAsync(Monthly, 99, Cancellation));
    }

    [Fact]
    public async Task Bar_PublicationThatIsStored_ChangesNothing()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1), Cancellation);

        Assert.Equal(PublicationState.Stored, (await ledger.BarPublicationAsync(New(Monthly, "a"), "reason", Cancellation)).State);
    }

    [Fact]
    public async Task Register_PublicationThatWasBarred_IsArchivedNow()
    {
        var ledger = OpenNew();
        var barred = await ledger.BarPublicationAsync(New(Monthly, "a") with { ArchivedBytes = 0 }, "reason", Cancellation);

        var registered = await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);

        Assert.Equal((PublicationState.Archived, null, 42, barred.Release.Arrival), (registered.State, registered.Failure, registered.ArchivedBytes, registered.Release.Arrival));
        Assert.Single(await ledger.ListUnfinishedPublicationsAsync(Monthly, 1, Cancellation));
    }

    [Fact]
    public async Task AskForReplay_UntilItIsDone_IsUnfinishedAndSurvivesARestart()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1), Cancellation);

        var asked = await ledger.AskForReplayAsync(Monthly, [Id("a")], Noon, "local", Cancellation);
        var again = await ledger.AskForReplayAsync(Monthly, [Id("a")], Noon.AddMinutes(1), "local", Cancellation);

        Assert.Equal((1, new Reading(1, 0)), (Assert.Single(asked).ReplaysAsked, asked[0].Reading));
        Assert.Equal(1, Assert.Single(again).ReplaysAsked);
        ledger = Reopen();
        Assert.Equal(["a.csv"], (await ledger.ListUnfinishedPublicationsAsync(Monthly, 1, Cancellation)).Select(publication => publication.FileName));
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1) with { Reading = new Reading(1, 1) }, Cancellation);
        Assert.Empty(await ledger.ListUnfinishedPublicationsAsync(Monthly, 1, Cancellation));
        Assert.Equal(2, (await ledger.AskForReplayAsync(Monthly, [Id("a")], Noon, "local", Cancellation))[0].ReplaysAsked);
    }

    [Fact]
    public async Task AskForReplay_EachTime_EntersWhoAskedForWhat()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.RegisterPublicationAsync(New(Monthly, "b"), Cancellation);

        await ledger.AskForReplayAsync(Monthly, [Id("a"), Id("b")], Noon, "local", Cancellation);
        await ledger.AskForReplayAsync(Monthly, [Id("a")], Noon.AddMinutes(1), "somebody", Cancellation);

        LedgerAction[] expected =
        [
            new(Noon.AddMinutes(1), "somebody", "replay", $"{Monthly}/{Id("a")}", "replay 1"),
            new(Noon, "local", "replay", $"{Monthly}/{Id("b")}", "replay 1"),
            new(Noon, "local", "replay", $"{Monthly}/{Id("a")}", "replay 1"),
        ];
        Assert.Equal(expected[..1], await ledger.ListActionsAsync(1, Cancellation));
        Assert.Equal(expected, await Reopen().ListActionsAsync(10, Cancellation));
    }

    [Fact]
    public async Task AskForReplay_OneNotRegistered_ThrowsAndAsksForNone()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        var version = ledger.Version;

        await Assert.ThrowsAsync<InvalidOperationException>(() => ledger.AskForReplayAsync(Monthly, [Id("a"), Id("b")], Noon, "local", Cancellation));

        Assert.Equal(version, ledger.Version);
        Assert.Equal(0, (await ledger.FindPublicationAsync(Id("a"), Cancellation))!.ReplaysAsked);
        Assert.Empty(await ledger.ListActionsAsync(10, Cancellation));
    }

    [Fact]
    public async Task ListPublicationsWithRejections_AsAWholeOrInPart_GivesThoseOfTheSource()
    {
        var ledger = OpenNew();
        foreach (var name in (string[])["clean", "row", "cell", "refused"])
        {
            await ledger.RegisterPublicationAsync(New(Monthly, name), Cancellation);
        }

        await ledger.RegisterPublicationAsync(New(Daily, "elsewhere"), Cancellation);
        var clean = Completion(1) with { Tally = Tally.Empty };
        await ledger.CompletePublicationAsync(Monthly, Id("clean"), clean, Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("row"), clean with { Tally = Tally.Empty with { RowsRead = 1, RowsRejected = 1 } }, Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("cell"), clean with { Tally = Tally.Empty with { CellsExpected = 1, CellsRejected = 1 } }, Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("refused"), clean with { State = PublicationState.Refused, Failure = "no" }, Cancellation);
        await ledger.CompletePublicationAsync(Daily, Id("elsewhere"), Completion(1), Cancellation);

        Assert.Equal(
            ["row.csv", "cell.csv", "refused.csv"],
            (await ledger.ListPublicationsWithRejectionsAsync(Monthly, Cancellation)).Select(publication => publication.FileName));
    }

    [Fact]
    public async Task Complete_RejectionsOfChecks_KeepsWhichRefused()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        Rejection[] rejections =
        [
            new(3, "beds", "two at once", "-0.5", CheckKinds.Plausible | CheckKinds.Whole),
            new(4, null, "ahead", "RTP", CheckKinds.Future),
            new(5, "Beds", "not a number", "x"),
        ];

        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1, rejections), Cancellation);

        Assert.Equal(rejections, (await Reopen().ListRejectionsAsync(null, Id("a"), null, 10, Cancellation)).Select(entry => entry.Rejection));
    }

    [Fact]
    public async Task ListPublications_PageByPage_GivesNewestFirst()
    {
        var ledger = OpenNew();
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            await ledger.RegisterPublicationAsync(New(name == "b" ? Daily : Monthly, name), Cancellation);
        }

        var first = await ledger.ListPublicationsAsync(null, null, 3, Cancellation);
        var second = await ledger.ListPublicationsAsync(null, first[^1].Release.Arrival, 3, Cancellation);

        Assert.Equal(["d.csv", "c.csv", "b.csv"], first.Select(publication => publication.FileName));
        Assert.Equal(["a.csv"], second.Select(publication => publication.FileName));
        Assert.Equal(["b.csv"], (await ledger.ListPublicationsAsync(Daily, null, 9, Cancellation)).Select(publication => publication.FileName));
    }

    [Fact]
    public async Task ListRejections_PageByPage_GivesNewestPublicationThenRowThenField()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.RegisterPublicationAsync(New(Daily, "b"), Cancellation);
        var many = Enumerable.Range(1, 450).Reverse().Select(row => new Rejection(row, "Beds", "bad", "x")).ToArray();
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1, many), Cancellation);
        await ledger.CompletePublicationAsync(
            Daily, Id("b"), Completion(1, new Rejection(2, "B", "bad", null), new Rejection(2, "A", "bad", null), new Rejection(2, null, "bad", null)), Cancellation);

        var listed = new List<LedgerRejection>();
        while (await ledger.ListRejectionsAsync(null, null, listed.LastOrDefault()?.Position, 100, Cancellation) is { Count: > 0 } page)
        {
            listed.AddRange(page);
        }

        Assert.Equal([null, "A", "B"], listed.Take(3).Select(rejection => rejection.Rejection.Field));
        Assert.Equal(Enumerable.Range(1, 450), listed.Skip(3).Select(rejection => rejection.Rejection.Row));
        Assert.Equal(3, (await ledger.ListRejectionsAsync(Daily, null, null, 100, Cancellation)).Count);
        Assert.Equal("a.csv", listed[^1].FileName);
    }

    [Fact]
    public async Task Complete_TextThatNotEveryDatabaseCanKeep_IsKeptWithoutIt()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a") with { FileName = "\ud83d\ude91.csv", LinkText = "half \ud83d of a pair" }, Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1, new Rejection(1, "Beds", "not a number", "1\02")), Cancellation);

        var rejection = Assert.Single(await ledger.ListRejectionsAsync(null, null, null, 10, Cancellation));

        Assert.Equal(("1\ufffd2", "\ud83d\ude91.csv"), (rejection.Rejection.Text, rejection.FileName));
        Assert.Equal("half \ufffd of a pair", (await ledger.FindPublicationAsync(Id("a"), Cancellation))!.LinkText);
    }

    [Fact]
    public async Task Runs_OneFinishedAndOneLeftOpen_AreListedAndClosed()
    {
        var ledger = OpenNew();
        var first = await ledger.StartRunAsync(Monthly, Noon, Cancellation);
        await ledger.FinishRunAsync(first, new RunResult(RunOutcome.Succeeded, Noon.AddMinutes(1), 3, 2, 1, null), Cancellation);
        var second = await ledger.StartRunAsync(Monthly, Noon.AddHours(1), Cancellation);

        ledger = Reopen();
        Assert.Equal(RunOutcome.Running, (await ledger.ListRunsAsync(Monthly, 9, Cancellation))[0].Outcome);
        Assert.Equal(1, await ledger.CloseInterruptedRunsAsync(Monthly, Noon.AddHours(2), Cancellation));
        var version = ledger.Version;
        Assert.Equal(0, await ledger.CloseInterruptedRunsAsync(Monthly, Noon.AddHours(3), Cancellation));

        var succeeded = new Run(first, Monthly, Noon, Noon.AddMinutes(1), RunOutcome.Succeeded, 3, 2, 1, null);
        var interrupted = new Run(second, Monthly, Noon.AddHours(1), Noon.AddHours(2), RunOutcome.Interrupted, 0, 0, 0, null);
        Assert.Equal(version, ledger.Version);
        Assert.Equal([interrupted, succeeded], await ledger.ListRunsAsync(Monthly, 9, Cancellation));
        Assert.Equal([interrupted], await ledger.ListRunsAsync(Monthly, 1, Cancellation));
        Assert.Equal(new SourceRuns(Monthly, interrupted, succeeded), Assert.Single(await ledger.ListSourceRunsAsync(Cancellation)));
    }

    /// <summary>Its process was killed, and another one collects the source before any process is started.</summary>
    [Fact]
    public async Task StartRun_AfterOneThatWasLeftOpen_MarksThatAsInterruptedAndNoOther()
    {
        var ledger = OpenNew();
        await ledger.StartRunAsync(Monthly, Noon, Cancellation);
        await ledger.StartRunAsync(Daily, Noon, Cancellation);

        await ledger.StartRunAsync(Monthly, Noon.AddHours(1), Cancellation);

        var runs = await ledger.ListRunsAsync(Monthly, 9, Cancellation);
        Assert.Equal([RunOutcome.Running, RunOutcome.Interrupted], runs.Select(run => run.Outcome));
        Assert.Equal(Noon.AddHours(1), runs[1].FinishedAt);
        Assert.Equal(RunOutcome.Running, Assert.Single(await ledger.ListRunsAsync(Daily, 9, Cancellation)).Outcome);
    }

    [Fact]
    public async Task ListSourceRuns_NeverSucceeded_HasNoSuccess()
    {
        var ledger = OpenNew();
        var run = await ledger.StartRunAsync(Daily, Noon, Cancellation);
        await ledger.FinishRunAsync(run, new RunResult(RunOutcome.Failed, Noon, 0, 0, 0, "HTTP 503"), Cancellation);

        var runs = Assert.Single(await ledger.ListSourceRunsAsync(Cancellation));

        Assert.Null(runs.LastSuccess);
        Assert.Equal("HTTP 503", runs.Last.Message);
    }

    [Theory]
    [InlineData(RunOutcome.Succeeded, 0, false)]
    [InlineData(RunOutcome.Partial, 0, false)] // A file was refused: the source could be read.
    [InlineData(RunOutcome.Partial, 1, true)]
    [InlineData(RunOutcome.Failed, 0, true)]
    internal async Task ReadStandings_LastRun_SaysWhetherTheSourceCouldBeRead(RunOutcome outcome, int unread, bool unreachable)
    {
        var ledger = OpenNew();
        await RunAsync(ledger, Noon, RunOutcome.Succeeded);
        await RunAsync(ledger, Noon.AddHours(1), outcome, unread);
        await ledger.StartRunAsync(Monthly, Noon.AddHours(2), Cancellation);
        await ledger.CloseInterruptedRunsAsync(Monthly, Noon.AddHours(3), Cancellation);

        var now = (await ledger.ReadStandingsAsync(null, Cancellation))[Monthly];
        var before = (await ledger.ReadStandingsAsync(Noon.AddHours(1).AddTicks(-10), Cancellation))[Monthly];

        Assert.Equal(new SourceStanding(unreachable ? Noon : Noon.AddHours(1), unreachable), now);
        Assert.Equal(new SourceStanding(Noon, false), before);
        Assert.Empty(await ledger.ReadStandingsAsync(Noon.AddTicks(-10), Cancellation));
    }

    [Fact]
    public async Task Complete_WithFacts_KeepsThemUntilTheyAreReadAnew()
    {
        var ledger = OpenNew();
        var first = await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        var second = await ledger.RegisterPublicationAsync(New(Daily, "b"), Cancellation);
        var facts = new ReferenceFacts(
            [new BankHolidayFact(new DateOnly(2026, 12, 25), "Christmas Day")],
            [new OrganisationFact(new OrganisationCode("RJY"), "Wigan", OrganisationKind.Provider, new DateSpan(new DateOnly(1993, 4, 1), null))],
            [new SuccessionFact(new OrganisationCode("RJY"), new OrganisationCode("RRF"), new DateOnly(2001, 4, 1))]);
        Assert.Empty(ledger.ReadReference().Publications);

        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(1) with { Facts = facts }, Cancellation);
        await ledger.CompletePublicationAsync(Monthly, Id("a"), Completion(2) with { Facts = facts }, Cancellation);
        await ledger.CompletePublicationAsync(Daily, Id("b"), Completion(1), Cancellation);

        ledger = Reopen();
        var kept = Assert.Single(ledger.ReadReference().Publications);
        Assert.Equal((Monthly, "a.csv", first.Release.Arrival), (kept.Source, kept.FileName, kept.Release.Arrival));
        Assert.Equal(facts.BankHolidays, kept.Facts.BankHolidays);
        Assert.Equal(facts.Organisations, kept.Facts.Organisations);
        Assert.Equal(facts.Successions, kept.Facts.Successions);
        Assert.Equal([new(Monthly, first.Release.Arrival)], await ledger.ListReferenceArrivalsAsync(Cancellation));
        Assert.True(second.Release.Arrival > first.Release.Arrival);
    }

    private static async Task RunAsync(ILedger ledger, DateTimeOffset at, RunOutcome outcome, int unread = 0)
    {
        var run = await ledger.StartRunAsync(Monthly, at.AddMinutes(-1), Cancellation);
        await ledger.FinishRunAsync(run, new RunResult(outcome, at, 1, 0, 0, null, unread), Cancellation);
    }

    [Fact]
    public async Task SaveFetch_ChangedAndUnchanged_GrowsTheVersionOnlyForTheChange()
    {
        var ledger = OpenNew();
        var fetch = new KnownFetch(new FetchState("\"etag\"", Noon), Id("a"));
        Assert.Null(await ledger.FindFetchAsync(Monthly, "a.csv", Cancellation));
        await ledger.SaveFetchAsync(Monthly, "a.csv", fetch, Cancellation);
        var version = ledger.Version;

        await ledger.SaveFetchAsync(Monthly, "a.csv", fetch, Cancellation);
        Assert.Equal(version, ledger.Version);
        await ledger.SaveFetchAsync(Monthly, "a.csv", fetch with { State = new FetchState(null, null) }, Cancellation);

        Assert.Equal(version + 1, ledger.Version);
        ledger = Reopen();
        Assert.Equal(version + 1, ledger.Version);
        Assert.Equal(fetch with { State = new FetchState(null, null) }, await ledger.FindFetchAsync(Monthly, "a.csv", Cancellation));
    }

    [Fact]
    public async Task RegisterPush_New_EntersItAndItsPublicationWithItsActor()
    {
        var ledger = OpenNew();
        Assert.Null(await ledger.FindPushAsync(Daily, "key 1", Cancellation));

        var push = await ledger.RegisterPushAsync(PushOf("key 1", "a"), New(Daily, "a") with { Actor = "somebody" }, Cancellation);

        ledger = Reopen();
        Assert.Equal(PushOf("key 1", "a"), push);
        Assert.Equal(push, await ledger.FindPushAsync(Daily, "key 1", Cancellation));
        Assert.Null(await ledger.FindPushAsync(Monthly, "key 1", Cancellation));
        Assert.Equal("somebody", (await ledger.FindPublicationAsync(Daily, Id("a"), Cancellation))!.Actor);
    }

    [Fact]
    public async Task RegisterPush_KeyThatWasUsed_ReturnsTheEarlierOneAndChangesNothing()
    {
        var ledger = OpenNew();
        await ledger.RegisterPushAsync(PushOf("key", "a"), New(Daily, "a"), Cancellation);
        var version = ledger.Version;

        var again = await ledger.RegisterPushAsync(PushOf("key", "b") with { Actor = "somebody else" }, New(Daily, "b"), Cancellation);

        Assert.Equal(PushOf("key", "a"), again);
        Assert.Equal(version, ledger.Version);
        var action = Assert.Single(await ledger.ListActionsAsync(9, Cancellation));
        Assert.Equal(("push", PushOf("key", "a").Actor, $"{Daily}/{Id("a")}", "key"), (action.Action, action.Actor, action.Object, action.Detail));
        Assert.Null(await ledger.FindPublicationAsync(Daily, Id("b"), Cancellation));
    }

    [Fact]
    public async Task RegisterPush_KnownPublicationUnderAnotherKey_EntersTheKeyOnly()
    {
        var ledger = OpenNew();
        await ledger.RegisterPushAsync(PushOf("one", "a"), New(Daily, "a") with { Actor = "somebody" }, Cancellation);

        var other = await ledger.RegisterPushAsync(PushOf("two", "a") with { Actor = "somebody else" }, New(Daily, "a") with { FileName = "other.csv" }, Cancellation);

        Assert.Equal(("two", "somebody else", Id("a")), (other.IdempotencyKey, other.Actor, other.Publication));
        var publication = Assert.Single(await ledger.ListPublicationsAsync(Daily, null, 9, Cancellation));
        Assert.Equal(("a.csv", "somebody"), (publication.FileName, publication.Actor));
    }

    [Fact]
    public async Task FindPublication_OfTwoSourcesWithTheSameBytes_FindsEachItsOwn()
    {
        var ledger = OpenNew();
        await ledger.RegisterPublicationAsync(New(Monthly, "a"), Cancellation);
        await ledger.RegisterPublicationAsync(New(Daily, "a"), Cancellation);

        Assert.Equal(Daily, (await ledger.FindPublicationAsync(Daily, Id("a"), Cancellation))!.Source);
        Assert.Equal(Monthly, (await ledger.FindPublicationAsync(Monthly, Id("a"), Cancellation))!.Source);
        Assert.Null(await ledger.FindPublicationAsync(Daily, Id("b"), Cancellation));
    }

    private static Push PushOf(string key, string name) => new(Daily, key, "somebody", Id(name), Noon);

    private static PublicationId Id(string name) => PublicationId.Of(Encoding.UTF8.GetBytes(name));

    private static NewPublication New(SourceKey source, string name) =>
        new(source, Id(name), $"https://example.org/{name}.csv", $"{name}.csv", $"{name.ToUpperInvariant()}, revised 2", Noon.AddDays(-1), 2, Noon, 42);

    private static PublicationCompletion Completion(int parser, params Rejection[] rejections) => new(
        PublicationState.Stored,
        new Reading(parser, 0),
        null,
        null,
        new Tally(10, 4, 3, 2, 1, 0, 8, 5, 2, 1),
        new Reconciliation(2, [new ReconciliationDifference("Beds", 10.5, 9.25)]),
        rejections,
        LondonCalendar.Month(2026, 7),
        Noon.AddMinutes(5),
        ReferenceFacts.None);

    // Records compare lists by reference.
    private static void AssertSame(Publication expected, Publication? actual) =>
        Assert.Equal(expected, actual! with { Reconciliation = expected.Reconciliation });
}
