using System.Text.Json;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class GapsTests
{
    private const string Monthly = "/api/v1/observations?gaps=true&metric=virtual-ward-patients&organisation=QUY&from=2025-10-01&to=2026-02-01";

    [Fact]
    public async Task Gaps_OfAMonthlySeries_AreLateOrNotDueYet()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Of("virtual-ward-patients", "QUY", LondonCalendar.Month(2025, 10), 80));

        var items = (await host.GetJsonAsync(Monthly)).GetProperty("items");

        Assert.Equal([null, "late", "not-due", "not-due"], items.EnumerateArray().Select(item => item.GetProperty("absence").GetString()));
        Assert.Equal(
            [2025_10, 2025_11, 2025_12, 2026_01],
            items.EnumerateArray().Select(item => LondonCalendar.DateOf(item.GetProperty("periodStart").GetDateTimeOffset())).Select(day => (day.Year * 100) + day.Month));
        Assert.All(items.EnumerateArray().Skip(1), item =>
        {
            Assert.Equal(JsonValueKind.Null, item.GetProperty("publication").ValueKind);
            Assert.Equal(JsonValueKind.Null, item.GetProperty("row").ValueKind);
            Assert.Equal(JsonValueKind.Null, item.GetProperty("recordedAt").ValueKind);
            Assert.Equal(JsonValueKind.Null, item.GetProperty("value").ValueKind);
        });
    }

    [Fact]
    public async Task Gaps_OfASourceThatIsDown_SaySo()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Standings[new SourceKey("nhs-england-virtual-ward")] = new SourceStanding(new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero), true);

        var items = (await host.GetJsonAsync(Monthly)).GetProperty("items");

        // October's figures were due on 21 November, when the source could still be read.
        Assert.Equal(["late", "source-down", "not-due", "not-due"], items.Texts("absence"));
    }

    /// <summary>November's figures were due on 22 December; on the 21st nobody could have called them late.</summary>
    [Fact]
    public async Task Gaps_AsOfAnEarlierInstant_AreWhatTheyWereThen()
    {
        await using var host = await ApiHost.StartAsync();

        var before = await host.GetJsonAsync(Monthly + "&asOf=2025-12-21T23:59:59Z");
        var after = await host.GetJsonAsync(Monthly + "&asOf=2025-12-22T00:00:00Z");

        Assert.Equal(["late", "not-due", "not-due", "not-due"], before.GetProperty("items").Texts("absence"));
        Assert.Equal(["late", "late", "not-due", "not-due"], after.GetProperty("items").Texts("absence"));
    }

    [Fact]
    public async Task Gaps_OfADayService_AreNotDueWhileItIsClosed()
    {
        await using var host = await ApiHost.StartAsync(LiveCatalogue.Load());

        using var response = await host.GetAsync(
            $"/api/v1/observations.csv?gaps=true&metric={LiveCatalogue.Metric}&organisation={LiveCatalogue.DayService}&from=2026-01-14&to=2026-01-15");
        var rows = CsvFiles.Read(await response.TextAsync());

        Assert.Equal(96, rows.Count);
        Assert.Equal(48, rows.Count(row => row["absence"] == "not-due"));
        Assert.Equal(48, rows.Count(row => row["absence"] == "late"));
        Assert.All(rows.Where(row => row["absence"] == "late"), row => Assert.InRange(row["periodStart"], "2026-01-14T08:00:00Z", "2026-01-14T19:45:00Z"));
    }

    [Fact]
    public async Task Gaps_OfAWinterReport_AreNotDueInSummer()
    {
        await using var host = await ApiHost.StartAsync();

        var items = (await host.GetJsonAsync($"/api/v1/observations?gaps=true&metric={HandoverMetric}&organisation=RTP&from=2025-03-30&to=2025-04-03")).GetProperty("items");

        Assert.Equal(["late", "late", "not-due", "not-due"], items.Texts("absence"));
    }

    [Fact]
    public async Task Gaps_OfAnOrganisationThatDoesNotReportTheMetric_AreNone()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.GetJsonAsync(Monthly.Replace("QUY", "RTP", StringComparison.Ordinal));

        Assert.Empty(answer.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Gaps_PageByPage_GivesEachItemOnceInOrder()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("virtual-ward-patients", "QUY", LondonCalendar.Month(2025, 11), 80),
            Figures.Absent("virtual-ward-capacity", "QUE", LondonCalendar.Month(2025, 10), AbsenceCode.Suppressed));
        var address = Monthly.Replace("metric=", "metric=virtual-ward-capacity,", StringComparison.Ordinal).Replace("QUY", "QUY,QUE", StringComparison.Ordinal) + "&limit=";

        var whole = (await host.GetJsonAsync(address + "1000")).GetProperty("items");

        Assert.Equal(16, whole.GetArrayLength());
        Assert.Equal(whole.EnumerateArray().Select(item => item.GetRawText()), await Paged.AllAsync(host, address + "3"));
    }

    [Theory]
    [InlineData("gaps=yes&metric=virtual-ward-patients&organisation=QUY&from=2025-10-01&to=2026-02-01")]
    [InlineData("gaps=true&organisation=QUY&from=2025-10-01&to=2026-02-01")]
    [InlineData("gaps=true&metric=virtual-ward-patients&from=2025-10-01&to=2026-02-01")]
    [InlineData("gaps=true&metric=virtual-ward-patients&organisation=QUY&to=2026-02-01")]
    [InlineData("gaps=true&metric=virtual-ward-patients&organisation=QUY&from=2025-10-01&to=2026-02-01&shared=true")]
    [InlineData("gaps=true&metric=virtual-ward-patients&organisation=QUY&from=2025-10-01&to=2026-02-01&step=month&aggregate=last")]
    [InlineData("gaps=true&metric=virtual-ward-patients,gp-appointments&organisation=QUY&from=2025-10-01&to=2026-02-01")]
    [InlineData("gaps=true&metric=gp-appointments&organisation=QUY&from=1900-01-01&to=2199-01-01")]
    public async Task Gaps_AskedForWrongly_AreRefused(string query)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/observations?" + query);

        Assert.Equal(["gaps"], await response.AssertInvalidAsync());
    }

    private static string HandoverMetric { get; } =
        ApiHost.Catalogue.MetricsOf(new SourceKey("nhs-england-ambulance-handover")).First().Key.ToString();
}
