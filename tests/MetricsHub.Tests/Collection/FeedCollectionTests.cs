using MetricsHub.Api;
using MetricsHub.Collection;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using MetricsHub.Tests.Catalogue;
using MetricsHub.Tests.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>A provider's feed from its address to the store, read by a mapping in YAML alone.</summary>
public sealed class FeedCollectionTests
{
    private const string Header = "site,as_at,waiting,longest_wait_hours\n";

    private static readonly SourceKey Feed = new("sim-utc-waits");
    private static readonly SourceKey Local = new("local-waits");
    private static readonly Period Quarter = new(At(11, 45), At(12, 0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_Feed_StoresItsFiguresInTheMetricsUnitAndAsksForWhatIsNewer()
    {
        List<string> asked = [];
        await using var server = await PublisherServer.StartAsync(context =>
        {
            asked.Add(context.Request.QueryString.Value!);
            return context.Response.WriteAsync(Header + (asked.Count == 1 ? "Northgate UTC,22/11/2026 12:00,14,1.5\nSouthgate UTC,22/11/2026 12:00,closed,-\n" : ""));
        });
        await using var hub = Hub(server.Address.AbsoluteUri, "since: since");

        var first = await hub.Collector.CollectAsync(Feed, Cancellation);
        var second = await hub.Collector.CollectAsync(Feed, Cancellation);
        var third = await hub.Collector.CollectAsync(Feed, Cancellation);

        Assert.Equal([(RunOutcome.Succeeded, 1), (RunOutcome.Succeeded, 1), (RunOutcome.Succeeded, 0)], new[] { first, second, third }.Select(run => (run.Outcome, run.Stored)));
        Assert.Equal(["", "?since=2026-11-22T12%3A00%3A00Z", "?since=2026-11-22T12%3A00%3A00Z"], asked);
        Assert.Equal(Figure.Of(14), await hub.FigureAsync("utc-waiting", "SIMU1", Quarter, null, Cancellation));
        Assert.Equal(Figure.Of(90), await hub.FigureAsync("utc-longest-wait", "SIMU1", Quarter, null, Cancellation));
        Assert.Equal(Figure.Absent(AbsenceCode.NotDue), await hub.FigureAsync("utc-waiting", "SIMU2", Quarter, null, Cancellation));
        Assert.Equal(Figure.Absent(AbsenceCode.NotApplicable), await hub.FigureAsync("utc-longest-wait", "SIMU2", Quarter, null, Cancellation));
    }

    /// <summary>A feed offers its address without asking: that alone does not mean that anybody is there.</summary>
    [Fact]
    public async Task Collect_FeedThatStopsAnswering_IsNotReachedUntilItAnswersAgain()
    {
        var isThere = true;
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = isThere ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return isThere ? context.Response.WriteAsync(Header + "Northgate UTC,22/11/2026 12:00,14,1.5\n") : Task.CompletedTask;
        });
        await using var hub = Hub(server.Address.AbsoluteUri);
        await hub.Collector.CollectAsync(Feed, Cancellation);
        var reached = hub.Clock.GetUtcNow();
        isThere = false;
        hub.Clock.Advance(TimeSpan.FromMinutes(15));

        var away = await hub.Collector.CollectAsync(Feed, Cancellation);
        var standingAway = (await hub.Ledger.ReadStandingsAsync(asOf: null, Cancellation))[Feed];
        isThere = true;
        await hub.Collector.CollectAsync(Feed, Cancellation);

        Assert.Equal((RunOutcome.Failed, 1), (away.Outcome, away.LocationsUnread));
        Assert.Equal(new SourceStanding(reached, IsUnreachable: true), standingAway);
        Assert.Equal(new SourceStanding(hub.Clock.GetUtcNow(), IsUnreachable: false), (await hub.Ledger.ReadStandingsAsync(asOf: null, Cancellation))[Feed]);
    }

    [Theory]
    [InlineData(StatusCodes.Status200OK, false)]
    [InlineData(StatusCodes.Status401Unauthorized, true)]
    public async Task Collect_Feed_IsPausedOnlyAfterItDenied(int status, bool paused)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(Header);
        });
        await using var hub = Hub(server.Address.AbsoluteUri);
        Assert.Empty(hub.Services.GetRequiredService<LocationFactory>().Pauses);

        await hub.Collector.CollectAsync(Feed, Cancellation);

        Assert.Equal([(Feed, paused)], hub.Services.GetRequiredService<LocationFactory>().Pauses);
    }

    [Fact]
    public async Task Collect_SimulatedFeedThatSpeaksOfARealOrganisation_RejectsThoseRowsAndKeepsTheRest()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync(Header + "Elsewhere,22/11/2026 12:00,1,-\nNorthgate UTC,22/11/2026 12:00,14,1\n"));
        await using var hub = Hub(server.Address.AbsoluteUri);

        await hub.Collector.CollectAsync(Feed, Cancellation);

        Assert.Null(await hub.FigureAsync("utc-waiting", "RTP", Quarter, null, Cancellation));
        Assert.Equal(Figure.Of(14), await hub.FigureAsync("utc-waiting", "SIMU1", Quarter, null, Cancellation));
        var rejection = Assert.Single(await hub.Ledger.ListRejectionsAsync(Feed, null, null, 10, Cancellation));
        Assert.Equal(new Rejection(2, null, "a simulated source cannot speak of RTP, which is not simulated", "RTP"), rejection.Rejection);
        var tally = Assert.Single(await hub.Ledger.ListPublicationsAsync(Feed, null, 10, Cancellation)).Tally;
        Assert.True(tally.Balances);
        Assert.Equal((1, 1, 2, 2, 0), (tally.RowsAccepted, tally.RowsRejected, tally.CellsExpected, tally.Observations, tally.Absences));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Collect_RealSourceThatSpeaksOfASimulatedOrganisation_RejectsThoseRows(bool simulatorPlays)
    {
        await using var hub = simulatorPlays ? Hub(SimulatedSystem.Simulator) : TestHub.Empty(Write);
        hub.Drop(Local, "waits.csv", "site,as_at,waiting,longest_wait_hours\nNorthgate UTC,22/11/2026 12:00,14,x\nElsewhere,22/11/2026 12:00,3,1\n"u8.ToArray());

        await hub.Collector.CollectAsync(Local, Cancellation);

        Assert.Null(await hub.FigureAsync("utc-waiting", "SIMU1", Quarter, null, Cancellation));
        Assert.Equal(Figure.Of(3), await hub.FigureAsync("utc-waiting", "RTP", Quarter, null, Cancellation));
        var publication = Assert.Single(await hub.Ledger.ListPublicationsAsync(Local, null, 10, Cancellation));
        Assert.Equal((1, 1, 1, true), (publication.Tally.RowsAccepted, publication.Tally.RowsRejected, publication.Tally.CellsRejected, publication.Tally.Balances));
        Assert.Contains(
            new Rejection(2, null, "SIMU1 is simulated: a real source cannot speak of it", "SIMU1"),
            (await hub.Ledger.ListRejectionsAsync(Local, null, null, 10, Cancellation)).Select(entry => entry.Rejection));
    }

    [Fact]
    public async Task SourceStatus_OfSourcesThatShareTheirMetrics_TellsHowFarEachOfThemReaches()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync(Header + "Northgate UTC,22/11/2026 12:00,14,1.5\n"));
        await using var hub = Hub(server.Address.AbsoluteUri);
        hub.Drop(Local, "waits.csv", "site,as_at,waiting,longest_wait_hours\nElsewhere,22/11/2026 09:30,3,1\n"u8.ToArray());
        await hub.Collector.CollectAsync(Feed, Cancellation);
        await hub.Collector.CollectAsync(Local, Cancellation);

        var reader = new SourceStatusReader(hub.Catalogue, hub.Store, hub.Ledger, hub.Clock);
        var (feed, local) = (await reader.FindAsync(Feed, Cancellation), await reader.FindAsync(Local, Cancellation));

        Assert.Equal((At(12, 0), At(12, 35), "fresh"), (feed!.NewestPeriodEnd, feed.NextDueAt, feed.Word));
        Assert.Equal((At(9, 30), At(10, 5), "overdue"), (local!.NewestPeriodEnd, local.NextDueAt, local.Word));
    }

    private static DateTimeOffset At(int hour, int minute) => new(2026, 11, 22, hour, minute, 0, TimeSpan.Zero);

    private static TestHub Hub(string simulator, params string[] ofLocation) => TestHub.Empty(
        catalogue =>
        {
            Write(catalogue);
            catalogue.Write(SimulatedSystem.Feed, SimulatedSystem.Source(Feed.ToString(), simulated: true, ["feed: \"{simulator}/feeds/utc-waits.csv\"", "privateNetwork: true", .. ofLocation]));
        },
        replace: null,
        ("Simulator:Address", simulator));

    private static void Write(CatalogueFolder catalogue)
    {
        SimulatedSystem.WriteTo(catalogue);
        catalogue.Write("sources/local-waits.yaml", SimulatedSystem.Source(Local.ToString(), simulated: false, "folder: \"{data}/inbox/local-waits\"", "pattern: \"*.csv\""));
    }
}
