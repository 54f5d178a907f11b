using System.Net;
using System.Net.Http.Headers;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Sources;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Simulator;

public sealed class FeedEndpointsTests
{
    [Fact]
    public void Feeds_AllOfThem_StateAboutFourHundredSeriesEachOnce()
    {
        var series = FeedList.All.SelectMany(feed => Played.Player.Estate.Sites.Where(feed.Tells)
            .SelectMany(site => Played.Player.Play(site, new(new DateOnly(2026, 1, 15))).Keys
                .Intersect(feed.Columns.Select(column => column.Metric)).Select(metric => (site.Organisation, metric)))).ToList();

        Assert.Equal((391, 391), (series.Count, series.Distinct().Count()));
        Assert.Equal(
            Played.Player.Estate.Sites
                .SelectMany(site => Played.Player.Play(site, new(new DateOnly(2026, 1, 15))).Keys.Select(metric => (site.Organisation, metric))).Order(),
            series.Order());
    }

    [Fact]
    public async Task Feed_WithoutSince_GivesTheLastWeekUpToNow()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var rows = await simulator.RowsAsync("/feeds/nhs-111.csv");

        Assert.Equal(7 * 96, rows.Length);
        Assert.StartsWith("08/01/2026 12:15,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("15/01/2026 12:00,", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_AskedInParts_SaysWhatItSaysInOne()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var whole = await simulator.RowsAsync("/feeds/wards.csv?since=2026-01-08T00:00:00Z");
        var later = await simulator.RowsAsync("/feeds/wards.csv?since=2026-01-12T09:15:00%2B00:00");
        var earlier = await simulator.RowsAsync("/feeds/wards.csv?since=2026-01-08T00:00:00Z&until=2026-01-12T09:15:00Z");

        Assert.Equal(24 * ((7 * 96) + 48), whole.Length);
        Assert.Equal(whole, earlier.Concat(later));
    }

    [Fact]
    public async Task Feed_AskedTooFarBack_GivesFourHundredDays()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var feed = await simulator.JsonAsync("/feeds/ambulance-control.json?since=2020-01-01T00:00:00Z");
        var times = feed.GetProperty("states").Texts("time");

        Assert.Equal(400 * 96, times.Length);
        Assert.Equal("2024-12-11T12:15:00Z", times[0]);
    }

    [Theory]
    [InlineData("/feeds/wards.csv?since=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/feeds/wards.csv?since=2026-01-12T09:15:00", HttpStatusCode.BadRequest)]
    [InlineData("/feeds/wards.csv?until=2026-13-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("/feeds/wards.json", HttpStatusCode.NotFound)]
    [InlineData("/bulk/0.csv", HttpStatusCode.NotFound)]
    [InlineData("/bulk/501.csv", HttpStatusCode.NotFound)]
    [InlineData("/bulk/1.json", HttpStatusCode.NotFound)]
    [InlineData("/dos/api/v1.0/services/1/capacitystatus/", HttpStatusCode.NotFound)]
    public async Task Feed_AskedWrongly_IsRefused(string address, HttpStatusCode status)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var response = await simulator.GetAsync(address);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Feed_KnownToTheAsker_IsNotSentAgainUntilTheNextQuarterHour()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var first = await simulator.GetAsync("/feeds/sdec.csv");
        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/sdec.csv");
            request.Headers.IfNoneMatch.Add(Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag));
            using var response = await simulator.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }

        simulator.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(HttpStatusCode.NotModified, await Again());
        simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await Again());
    }

    [Fact]
    public async Task Feed_OfAClosedService_SaysSoAndSaysNoNumber()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var rows = await simulator.RowsAsync("/feeds/utc-waits.csv?since=2026-01-14T00:00:00Z&until=2026-01-15T00:00:00Z");
        var eastbridge = rows.Where(row => row.StartsWith("Eastbridge", StringComparison.Ordinal)).ToList();

        Assert.Equal(96, eastbridge.Count);
        Assert.Equal(96 - 48, eastbridge.Count(row => row.EndsWith(",closed,closed,closed,closed", StringComparison.Ordinal)));
        Assert.EndsWith("closed", eastbridge.Single(row => row.Contains("14/01/2026 08:00", StringComparison.Ordinal)), StringComparison.Ordinal);
        string[] open = [.. eastbridge.Where(row => !row.Contains("closed", StringComparison.Ordinal))];
        Assert.StartsWith("Eastbridge UTC,14/01/2026 08:15,", open[0], StringComparison.Ordinal);
        Assert.StartsWith("Eastbridge UTC,14/01/2026 20:00,", open[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(rows, row => row.StartsWith("Northgate", StringComparison.Ordinal) && row.Contains("closed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Feed_InLondonTime_WritesTheHourBeforeWinterTwice()
    {
        await using var simulator = await SimulatorHost.StartAsync(new DateTimeOffset(2026, 10, 25, 12, 0, 0, TimeSpan.Zero));
        var rows = await simulator.RowsAsync("/feeds/nhs-111.csv?since=2026-10-24T23:00:00Z&until=2026-10-25T03:00:00Z");

        Assert.Equal(16, rows.Length);
        Assert.Equal(2, rows.Count(row => row.StartsWith("25/10/2026 01:15,", StringComparison.Ordinal)));
        Assert.StartsWith("25/10/2026 03:00,", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_AsWorkbook_IsReadBySpreadsheetReaders()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var bytes = await simulator.BytesAsync("/feeds/community-beds.xlsx");
        var sheet = Assert.Single(Workbook.Read(bytes, "a workbook"));

        Assert.Equal("Beds", sheet.Name);
        Assert.Equal(["Site", "Snapshot", "Beds open", "Beds occupied", "Waiting to come in"], sheet.Rows[2].Cells);
        Assert.Equal(3 + (4 * 7 * 96), sheet.Rows.Count);
        Assert.Equal(["Moorside Community Hospital", "08/01/2026 12:15", "24"], sheet.Rows[3].Cells.Take(3));
        Assert.Equal(bytes, await simulator.BytesAsync("/feeds/community-beds.xlsx"));
    }

    [Fact]
    public async Task Page_OfFeeds_NamesEveryOneAndSaysThatAllIsSimulated()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var page = await simulator.TextAsync("/");

        Assert.All(FeedList.All, feed => Assert.Contains($"/feeds/{feed.FileName}\"", page, StringComparison.Ordinal));
        Assert.Contains("made up", page, StringComparison.Ordinal);
        Assert.True((await simulator.JsonAsync("/health")).GetProperty("simulated").GetBoolean());
    }

    [Fact]
    public async Task Request_ForAnotherHostName_IsRefused()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feeds/sdec.csv") { Headers = { Host = "wyvern.example" } };
        using var response = await simulator.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
