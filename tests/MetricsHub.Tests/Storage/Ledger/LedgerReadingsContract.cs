using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Reference;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

/// <summary>What every ledger has to do with readings, with what is due, and with how far evaluation has come.</summary>
public abstract class LedgerReadingsContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SourceKey Feed = new("feed");
    private static readonly FrameworkVersion Local = new("local", "1");
    private static readonly OrganisationCode Sys = new("SYS");
    private static readonly SeriesKey Beds = new(new MetricKey("beds"), new OrganisationCode("RTP"));
    private static readonly SeriesKey Waits = new(new MetricKey("waits"), new OrganisationCode("RTP"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract ILedger OpenNew();

    private protected abstract ILedger Reopen();

    [Fact]
    public async Task Record_Readings_ComeBackToTheLastDigit()
    {
        var ledger = OpenNew();
        var outcome = Reading(0, 3, points: 7.00m / 3) with { Shown = new ShownLevel(ShownStatus.Held, 4, Noon.AddDays(-2), 2, 3, 5) };

        await RecordAsync(ledger, Noon, [Reading(1, 2), outcome]);

        Assert.Equal([outcome, Reading(1, 2)], await ReadAsync(Reopen()));
        Assert.Equal("2.50", (await ReadAsync(Reopen()))[1].Outcome.Points.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Record_SlotAgain_SupersedesAndReadsAsItStoodThen()
    {
        var ledger = OpenNew();
        await RecordAsync(ledger, Noon, [Reading(0, 2), Reading(1, 2)]);
        await RecordAsync(ledger, Noon.AddHours(1), [Reading(1, 4)]);
        await RecordAsync(ledger, Noon.AddHours(2), [], gone: [Noon]);

        Assert.Equal([Reading(1, 4)], await ReadAsync(ledger));
        Assert.Empty(await ReadAsync(ledger, Noon.AddTicks(-10)));
        Assert.Equal([Reading(0, 2), Reading(1, 2)], await ReadAsync(ledger, Noon));
        Assert.Equal([Reading(0, 2), Reading(1, 4)], await ReadAsync(ledger, Noon.AddHours(1)));
        Assert.Equal([Reading(1, 4)], await ReadAsync(ledger, Noon.AddHours(2)));
    }

    [Fact]
    public async Task Read_OtherFrameworkVersionOrganisationOrSlot_IsNotAmongThem()
    {
        var ledger = OpenNew();
        await RecordAsync(ledger, Noon, [Reading(0, 2), Reading(1, 3), Reading(9, 4)]);

        Assert.Empty(await ledger.ReadReadingsAsync(Query() with { Framework = new FrameworkVersion("local", "2") }, Cancellation));
        Assert.Empty(await ledger.ReadReadingsAsync(Query() with { Organisation = new OrganisationCode("OTHER") }, Cancellation));
        Assert.Equal([Reading(1, 3)], await ledger.ReadReadingsAsync(Query() with { From = Noon.AddMinutes(15), To = Noon.AddMinutes(30) }, Cancellation));
    }

    [Fact]
    public async Task ReadHourly_SeveralSlotsOfAnHour_GivesTheLastAndTheWorst()
    {
        var ledger = OpenNew();

        // The slot that ends at noon belongs to the hour before it.
        await RecordAsync(ledger, Noon, [Reading(0, 4), Reading(1, 3), Reading(2, 0, lowest: 1, highest: 4), Reading(4, 1)]);

        Assert.Equal(
            [
                new SteppedOutcome(Reading(0, 4), 4, 4, 1, 0),
                new SteppedOutcome(Reading(4, 1), 3, 3, 3, 1),
            ],
            await ledger.ReadHourlyReadingsAsync(Query(), Cancellation));
    }

    [Fact]
    public async Task ListNewestCalculated_SlotsWithoutALevel_AreNotAmongThem()
    {
        var ledger = OpenNew();
        await RecordAsync(ledger, Noon, [Reading(0, 2), Reading(1, 3), Reading(2, 0)]);

        Assert.Equal([KeyValuePair.Create(Sys, Noon.AddMinutes(15))], await ledger.ListNewestCalculatedAsync(Local, Noon.AddDays(1), Cancellation));
        Assert.Equal([KeyValuePair.Create(Sys, Noon)], await ledger.ListNewestCalculatedAsync(Local, Noon, Cancellation));
        Assert.Empty(await ledger.ListNewestCalculatedAsync(Local, Noon.AddMinutes(-1), Cancellation));
    }

    [Fact]
    public async Task Due_AnnouncedByAPublicationThatIsNotComplete_StaysDueWhenItIsTakenOff()
    {
        var ledger = OpenNew();
        var id = await RegisterAsync(ledger, "a");
        await ledger.AnnounceAsync(Feed, id, [Span(Beds, 0, 1)], Cancellation);

        var announced = await ledger.ReadDueAsync(Cancellation);
        await ledger.CompleteEvaluationAsync(0, [], announced.Ticket, Cancellation);

        Assert.Null(announced.Ticket);
        Assert.Equal([Span(Beds, 0, 1)], announced.Spans);
        Assert.Equal([Span(Beds, 0, 1)], (await Reopen().ReadDueAsync(Cancellation)).Spans);
    }

    [Fact]
    public async Task Due_SeveralPublicationsOfASeries_AreOneSpan()
    {
        var ledger = OpenNew();
        await PublishAsync(ledger, "a", Span(Beds, 4, 5), Span(Waits, 0, 1));
        await PublishAsync(ledger, "b", Span(Beds, 1, 2));

        Assert.Equal([Span(Beds, 1, 5), Span(Waits, 0, 1)], (await ledger.ReadDueAsync(Cancellation)).Spans);
    }

    [Fact]
    public async Task Due_TouchedAgainAfterItWasRead_StaysDueWhenTheEarlierIsTakenOff()
    {
        var ledger = OpenNew();
        await PublishAsync(ledger, "a", Span(Beds, 0, 1));
        var late = await RegisterAsync(ledger, "b");
        await ledger.AnnounceAsync(Feed, late, [Span(Waits, 2, 3)], Cancellation);
        var due = await ledger.ReadDueAsync(Cancellation);
        await CompleteAsync(ledger, late);
        await PublishAsync(ledger, "c", Span(Beds, 5, 6));

        await ledger.CompleteEvaluationAsync(0, [], due.Ticket, Cancellation);

        Assert.Equal([Span(Beds, 5, 6), Span(Waits, 2, 3)], (await ledger.ReadDueAsync(Cancellation)).Spans);
    }

    [Fact]
    public async Task Due_AnnouncedAgainAfterAStop_IsDueInBothReadings()
    {
        var ledger = OpenNew();
        var id = await RegisterAsync(ledger, "a");
        await ledger.AnnounceAsync(Feed, id, [Span(Beds, 0, 1)], Cancellation);
        await ledger.AnnounceAsync(Feed, id, [Span(Waits, 2, 3)], Cancellation);
        await CompleteAsync(ledger, id);

        Assert.Equal([Span(Beds, 0, 1), Span(Waits, 2, 3)], (await ledger.ReadDueAsync(Cancellation)).Spans);
    }

    [Fact]
    public async Task Announce_UnknownPublication_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => OpenNew().AnnounceAsync(Feed, PublicationId.Of([1]), [Span(Beds, 0, 1)], Cancellation));

    [Fact]
    public async Task CompleteEvaluation_Again_ReplacesHowFarItHasCome()
    {
        var ledger = OpenNew();
        await ledger.CompleteEvaluationAsync(0, [new Evaluation(Local, "one", Noon, Noon, "no room")], null, Cancellation);
        var next = new Evaluation(Local, "two", Noon.AddMinutes(15), Noon.AddMinutes(16), null);
        var other = next with { Framework = new FrameworkVersion("local", "2") };

        await ledger.CompleteEvaluationAsync(0, [next, other], null, Cancellation);

        Assert.Equal([next, other], await Reopen().ListEvaluationsAsync(Cancellation));
    }

    /// <summary>Who stood still meanwhile has worked with less than the next one.</summary>
    [Fact]
    public async Task Evaluation_BegunBeforeAnother_StoresNothingAnyMore()
    {
        var ledger = OpenNew();
        var first = await ledger.BeginEvaluationAsync(Cancellation);
        var second = await Reopen().BeginEvaluationAsync(Cancellation);
        var readings = new RecordedReadings(Local, Sys, "rules", Noon, [Reading(0, 2)], []);

        await Assert.ThrowsAsync<OvertakenException>(() => Reopen().RecordReadingsAsync(first, readings, Cancellation));
        await Assert.ThrowsAsync<OvertakenException>(() => Reopen().CompleteEvaluationAsync(first, [new Evaluation(Local, "one", Noon, Noon, null)], null, Cancellation));
        await Reopen().RecordReadingsAsync(second, readings with { Outcomes = [Reading(0, 3)] }, Cancellation);

        ledger = Reopen();
        Assert.Equal(first + 1, second);
        Assert.Equal([Reading(0, 3)], await ReadAsync(ledger));
        Assert.Empty(await ledger.ListEvaluationsAsync(Cancellation));
    }

    private static async Task PublishAsync(ILedger ledger, string content, params TouchedSpan[] spans)
    {
        var id = await RegisterAsync(ledger, content);
        await ledger.AnnounceAsync(Feed, id, spans, Cancellation);
        await CompleteAsync(ledger, id);
    }

    private static async Task<PublicationId> RegisterAsync(ILedger ledger, string content)
    {
        var id = PublicationId.Of(System.Text.Encoding.UTF8.GetBytes(content));
        await ledger.RegisterPublicationAsync(new NewPublication(Feed, id, "a", "a.csv", null, null, 0, Noon, 1), Cancellation);
        return id;
    }

    private static Task<Publication> CompleteAsync(ILedger ledger, PublicationId id) => ledger.CompletePublicationAsync(
        Feed,
        id,
        new PublicationCompletion(
            PublicationState.Stored, new Domain.Publications.Reading(1, 0), null, null, Tally.Empty, Reconciliation.NoTotal, [], null, Noon, ReferenceFacts.None),
        Cancellation);

    private static TouchedSpan Span(SeriesKey series, int from, int to) => new(series, Noon.AddHours(from), Noon.AddHours(to));

    private static Task RecordAsync(ILedger ledger, DateTimeOffset at, ShownOutcome[] outcomes, DateTimeOffset[]? gone = null) =>
        ledger.RecordReadingsAsync(0, new RecordedReadings(Local, Sys, "rules", at, outcomes, gone ?? []), Cancellation);

    private static ReadingQuery Query() => new(Local, Sys, Noon.AddDays(-1), Noon.AddDays(1));

    private static async Task<IReadOnlyList<ShownOutcome>> ReadAsync(ILedger ledger, DateTimeOffset? asOf = null) =>
        await ledger.ReadReadingsAsync(Query() with { AsOf = asOf }, Cancellation);

    private static ShownOutcome Reading(int slot, byte level, byte lowest = 1, byte highest = 1, decimal points = 2.50m) => new(
        Noon.AddMinutes(15 * slot),
        new SlotOutcome(level > 0 ? NoLevel.None : NoLevel.TooFewPoints, level, lowest, highest, 3, 2, 12.5m, 50m, points, 9m, 12.0m),
        new ShownLevel(ShownStatus.Known, level, Noon.AddMinutes(15 * slot), 0, 0, 0));
}
