using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>The live frameworks over what the simulator really serves, from its feeds through the store to the level.</summary>
public sealed class LiveLevelTests(LiveLevelTests.LiveHub live) : IClassFixture<LiveLevelTests.LiveHub>
{
    private static readonly OrganisationCode System = new("SIM");
    private static readonly OrganisationCode Hospitals = new("SIMA1");

    /// <summary>A Monday at noon: every service is open.</summary>
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task System_EveryFeedRead_IsJudgedByAllItsServices()
    {
        var reading = await ReadAsync(System, "system-access", Noon);

        Assert.Equal(Noon, reading.At);
        Assert.Empty(reading.Missing);
        Assert.Equal((100, reading.Framework.Parameters.Count), (reading.ObservablePercent, reading.Contributions.Count + reading.NotApplicable.Count));
        Assert.InRange(reading.CalculatedLevel!.Value, 1, 4);
        Assert.Equal(
            ["acute-beds", "ambulance", "community-beds", "dental", "discharge", "ed", "gp", "mental-health", "nhs-111", "sdec", "social-care", "utc", "virtual-ward"],
            reading.Pillars.Select(pillar => pillar.ServiceDomain).Order());
    }

    /// <summary>Wards state their beds too, by other metrics: a bed is never in a sum twice.</summary>
    [Fact]
    public async Task System_BedsOfHospitalsAndOfTheirWards_AreCountedOnce()
    {
        var occupancy = (await ReadAsync(System, "system-access", Noon)).Contributions.Single(input => input.Parameter.Indicator == "live-general-acute-occupancy").Reading;
        var feed = await live.Simulator.RowsAsync("/feeds/acute-beds.csv?since=2026-11-23T11:45:00Z&until=2026-11-23T12:00:00Z");
        var rows = feed.Select(row => row.Split(',')).ToList();

        Assert.Equal(["SIMH1", "SIMH2", "SIMH3"], occupancy.Contributors.Select(contributor => contributor.Organisation.ToString()).Order());
        Assert.Equal((Sum(rows, 3), Sum(rows, 2)), (occupancy.Numerator, occupancy.Denominator));
    }

    [Fact]
    public async Task Trust_EveryFeedRead_IsJudgedByTheFrameworkOfTheDay()
    {
        var readings = await live.Hub.Escalation.ReadAsync(live.Hub.Catalogue.Organisations.Find(Hospitals)!, Noon, null, Cancellation);

        Assert.DoesNotContain(readings, found => found.Reading.Framework.Key == "opel-acute-2023-24");
        var reading = readings.Single(found => found.Reading.Framework.Key == "opel-acute-2024-26").Reading;
        Assert.Empty(reading.Missing);
        Assert.InRange(reading.CalculatedLevel!.Value, 1, 4);
        Assert.True(reading.Framework.National);
    }

    [Fact]
    public async Task RollUp_OfTheSystem_IsTheScoreOfItsOneAcuteTrust()
    {
        var trust = await ReadAsync(Hospitals, "opel-acute-2024-26", Noon);

        var step = Assert.Single(await live.Hub.Services.GetRequiredService<RollUpReader>().ReadAsync(
            live.Hub.Catalogue.Organisations.Find(System)!, "opel-acute-2024-26", Noon, null, Cancellation)).Step;

        Assert.Equal((trust.Outcome.Score, trust.CalculatedLevel), (step.Score, step.Level));
        Assert.Equal(Provenance.LocalPlaceholder, Assert.Single(step.Parts).Weight.Provenance);
    }

    [Fact]
    public async Task System_FeedStopsForTwoHours_IsMissingAndLowersTheObservableShare()
    {
        var reading = await ReadAsync(System, "system-access", Noon.AddHours(2));

        var occupancy = reading.Missing.Single(input => input.Indicator.Key == "live-general-acute-occupancy");
        Assert.Equal((AbsenceCode.Late, Noon), (occupancy.Value.Absence, occupancy.LastPeriod!.Value.End));
        Assert.Equal(["live-escalation-bed-share", "live-general-acute-occupancy", "live-no-criteria-to-reside-share"], reading.Missing.Select(input => input.Indicator.Key).Order());
        Assert.InRange(reading.ObservablePercent, 75, 99);
        Assert.InRange(reading.CalculatedLevel!.Value, reading.Bounds!.Value.Lowest, reading.Bounds.Value.Highest);
    }

    [Fact]
    public async Task RealTrust_WithoutAnyFeed_HasNoLevelAndMissesEveryInput()
    {
        var reading = await ReadAsync(new OrganisationCode("RTP"), "opel-acute-2024-26", Noon);

        Assert.Null(reading.CalculatedLevel);
        Assert.Equal((0, reading.Framework.Parameters.Count), (reading.ObservablePercent, reading.Missing.Count));
    }

    private static double Sum(IEnumerable<string[]> rows, int column) => rows.Sum(row => double.Parse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture));

    private async Task<EscalationReading> ReadAsync(OrganisationCode organisation, string framework, DateTimeOffset at) =>
        (await live.Hub.Escalation.ReadAsync(live.Hub.Catalogue.Organisations.Find(organisation)!, at, null, Cancellation))
            .Single(found => found.Reading.Framework.Key == framework).Reading;

    /// <summary>A hub that has read every feed at noon, and all but the beds two hours later.</summary>
    public sealed class LiveHub : IAsyncLifetime
    {
        internal SimulatorHost Simulator { get; private set; } = null!;

        internal TestHub Hub { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var read = Noon.AddMinutes(7);
            Simulator = await SimulatorHost.StartAsync(read);
            Hub = TestHub.Empty(settings: ("Simulator:Address", Simulator.Client.BaseAddress!.AbsoluteUri));
            Hub.Clock.SetUtcNow(read);
            await CollectAsync(_ => true);
            Simulator.Clock.Advance(TimeSpan.FromHours(2));
            Hub.Clock.Advance(TimeSpan.FromHours(2));
            await CollectAsync(source => source.ToString() != "sim-acute-beds");
        }

        public async ValueTask DisposeAsync()
        {
            await Hub.DisposeAsync();
            await Simulator.DisposeAsync();
        }

        private async Task CollectAsync(Func<SourceKey, bool> which)
        {
            foreach (var source in Hub.Catalogue.Sources.Values.Where(source => source.Simulated && source.Locations.Any(location => location is FeedDefinition) && which(source.Key)))
            {
                Assert.Equal(RunOutcome.Succeeded, (await Hub.Collector.CollectAsync(source.Key, Cancellation)).Outcome);
            }
        }
    }
}
