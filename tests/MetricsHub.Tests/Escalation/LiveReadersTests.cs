using System.Globalization;
using MetricsHub.Domain.Headroom;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Tests.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Escalation;

/// <summary>Headroom, events and health over what the simulator really serves: every feed read at noon, all but the acute beds two hours later.</summary>
public sealed class LiveReadersTests(LiveLevelTests.LiveHub live) : IClassFixture<LiveLevelTests.LiveHub>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Organisation System => live.Hub.Catalogue.Organisations.Find(new OrganisationCode("SIM"))!;

    [Fact]
    public async Task Headroom_EveryFeedRead_IsWhatTheFeedsSayMostFreeFirst()
    {
        var feed = (await live.Simulator.RowsAsync("/feeds/acute-beds.csv?since=2026-11-23T11:45:00Z&until=2026-11-23T12:00:00Z")).Select(row => row.Split(',')).ToList();

        var beds = (await ReadAsync(Noon)).Where(reading => reading.Rule.Key == "acute-beds").ToList();

        Assert.Equal(["SIMH1", "SIMH2", "SIMH3"], beds.Select(reading => reading.Organisation.ToString()).Order());
        Assert.All(beds, reading => Assert.Equal(HeadroomStatus.Known, reading.Status));
        Assert.Equal(beds.Select(reading => reading.Free).OrderDescending(), beds.Select(reading => reading.Free));
        Assert.Equal(feed.Sum(row => NumberIn(row, 2) - NumberIn(row, 3)), beds.Sum(reading => reading.Free));
    }

    [Fact]
    public async Task Headroom_OneFeedStopped_ListsItsPlacesAsStaleAndTheOthersAsKnown()
    {
        var found = await ReadAsync(Noon.AddHours(2));

        var beds = found.Where(reading => reading.Rule.Key == "acute-beds").ToList();
        Assert.Equal(3, beds.Count);
        Assert.All(beds, reading => Assert.Equal((HeadroomStatus.Stale, null, AbsenceCode.Late, Noon), (reading.Status, reading.Free, reading.Absence, reading.Period?.End)));
        Assert.All(found.Where(reading => reading.Rule.Key == "community-beds"), reading => Assert.Equal(HeadroomStatus.Known, reading.Status));
    }

    /// <summary>Closed for a night, for days, for longer: whoever is silent is asked for further and further back.</summary>
    [Theory]
    [InlineData(14)]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task Headroom_AfterAnySilence_TellsTheNewestFiguresThatThereWere(int hours)
    {
        var found = await ReadAsync(Noon.AddHours(hours));

        var beds = found.Where(reading => reading.Rule.Key is "acute-beds" or "community-beds").ToLookup(reading => reading.Rule.Key);
        Assert.All(beds["acute-beds"], reading => Assert.Equal((HeadroomStatus.Stale, null, Noon), (reading.Status, reading.Free, reading.Period?.End)));
        Assert.All(beds["community-beds"], reading => Assert.Equal((HeadroomStatus.Stale, null, Noon.AddHours(2)), (reading.Status, reading.Free, reading.Period?.End)));
        Assert.Equal(3, beds["acute-beds"].Count());
        Assert.NotEmpty(beds["community-beds"]);
        Assert.All(found.Where(reading => reading.Rule.Key == "gp-same-day-slots"), reading => Assert.NotNull(reading.Period));
    }

    [Fact]
    public async Task Headroom_ServiceThatIsClosed_IsClosedAndNotFull()
    {
        var slots = (await ReadAsync(Noon.AddHours(10))).Where(reading => reading.Rule.Key == "gp-same-day-slots").ToList();

        Assert.Equal(20, slots.Count);
        Assert.All(slots, reading => Assert.Equal((HeadroomStatus.Closed, null, AbsenceCode.NotDue), (reading.Status, reading.Free, reading.Absence)));
    }

    [Fact]
    public async Task Headroom_SystemOfManyServices_HasFiguresOfTen() =>
        Assert.True((await ReadAsync(Noon)).Where(reading => reading.Free is not null).Select(reading => reading.Rule.ServiceDomain).Distinct().Count() >= 10);

    /// <summary>The inputs that explain a change come from the same path as the levels: slot by slot they make the same outcome.</summary>
    [Fact]
    public async Task InputsOf_SlotsPickedFromAPath_MakeItsOutcomes()
    {
        var framework = live.Hub.Catalogue.Frameworks.Single(framework => framework.Key == "system-access");
        var path = await live.Hub.Escalation.FollowAsync(framework, System, Noon.AddHours(2), null, Cancellation);
        var picked = path.Outcomes.Where((_, index) => index % 3 == 0 || index == path.Outcomes.Count - 1).ToList();

        var found = path.InputsOf(picked.Select(outcome => new Period(outcome.At.AddMinutes(-15), outcome.At))).ToList();

        Assert.NotEmpty(picked);
        Assert.Equal(picked.Select(outcome => outcome.Outcome), found.Select(inputs => inputs.Outcome));
        Assert.Equal(picked.Select(outcome => outcome.Outcome), picked.Select(outcome => path.Explain(new Period(outcome.At.AddMinutes(-15), outcome.At)).Outcome));
    }

    [Fact]
    public async Task Events_ThreeDaysOfFeeds_HaveACauseForEachChangeAndAReasonForEachMissingInput()
    {
        var events = await live.Hub.Services.GetRequiredService<LevelReportReader>().ReadEventsAsync(Question() with { Window = new Period(Noon.AddDays(-3), Noon.AddHours(2)) }, Cancellation);

        Assert.Contains(events, found => found.Event.Track == LevelTrack.Calculated);
        Assert.All(events.Where(found => found.Event is { Track: LevelTrack.Calculated, ComparedWith: not null }), found => Assert.NotEmpty(found.Causes));
        Assert.All(
            events.SelectMany(found => found.Causes.Where(cause => cause.Kind == InputMoveKind.BecameMissing), (found, cause) => (found, cause)),
            pair => Assert.Contains(pair.cause.Parameter.Indicator, pair.found.Absences.Keys));
    }

    [Fact]
    public async Task Health_TwoHoursOfQuarters_AccountsForEverySlot()
    {
        var health = Assert.Single(await live.Hub.Services.GetRequiredService<LevelReportReader>().ReadHealthAsync(Question(), Cancellation)).Health;

        Assert.Equal((12, TimeSpan.FromHours(3)), (health.Readings, health.Time));
        Assert.Equal(health.Time, health.Inputs[0].Bands.Aggregate(health.Inputs[0].Missing.Time + health.Inputs[0].NotApplicable.Time, (sum, share) => sum + share.Time));
        Assert.True(health.Uncertain.Time > TimeSpan.Zero);
    }

    private LevelQuestion Question() => new(
        System, [.. live.Hub.Catalogue.Frameworks.Where(framework => framework.Key == "system-access")], new Period(Noon.AddHours(-1), Noon.AddHours(2)), null);

    private Task<IReadOnlyList<HeadroomReading>> ReadAsync(DateTimeOffset at) =>
        live.Hub.Services.GetRequiredService<HeadroomReader>().ReadAsync(System, [.. live.Hub.Catalogue.Headroom], at, Cancellation);

    private static double NumberIn(string[] row, int column) => double.Parse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture);
}
