using AngleSharp.Html.Parser;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>What is made up is marked wherever it is shown, in JSON, in CSV and on the start page.</summary>
public sealed class SimulatedMarkTests
{
    private static readonly Period Quarter = new(new DateTimeOffset(2026, 1, 15, 11, 45, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("/api/v1/observations?metric=utc-waiting&organisation=SIMU1&organisation=RTP")]
    [InlineData("/api/v1/observations?metric=utc-waiting&organisation=SIMU1&organisation=RTP&from=2026-01-01&to=2026-02-01&step=day&aggregate=mean")]
    [InlineData("/api/v1/observations/latest?metric=utc-waiting")]
    public async Task Figures_OfASimulatedOrganisation_SaySoInJsonAndInCsv(string address)
    {
        await using var host = await StartAsync(Simulator);

        var items = (await host.GetJsonAsync(address)).GetProperty("items");
        using var response = await host.GetAsync(address.Replace("?", ".csv?", StringComparison.Ordinal));
        var rows = (await response.TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var column = rows[0].Split(',').IndexOf("simulated");

        Assert.Equal([("RTP", false), ("SIMU1", true)], items.EnumerateArray().Select(item => (item.GetProperty("organisation").GetString(), item.GetProperty("simulated").GetBoolean())));
        Assert.Equal([("RTP", "false"), ("SIMU1", "true")], rows.Skip(1).Select(row => (row.Split(',')[1], row.Split(',')[column])));
    }

    [Fact]
    public async Task Organisations_AndLevels_OfTheSimulatedSystem_SaySo()
    {
        await using var host = await StartAsync(Simulator);

        var listed = (await host.GetJsonAsync("/api/v1/organisations")).GetProperty("items");
        var escalation = await host.GetJsonAsync("/api/v1/organisations/SIM/escalation");

        Assert.Equal(
            ["SIM", "SIMP1", "SIMU1", "SIMU2"],
            listed.EnumerateArray().Where(item => item.GetProperty("simulated").GetBoolean()).Select(item => item.GetProperty("code").GetString()));
        Assert.True(escalation.GetProperty("organisation").GetProperty("simulated").GetBoolean());
        Assert.False((await host.GetJsonAsync("/api/v1/organisations/QUY/escalation")).GetProperty("organisation").GetProperty("simulated").GetBoolean());
    }

    [Fact]
    public async Task StartPage_WithTheSimulatedSystem_MarksItsRowsAndNoOthers()
    {
        await using var host = await StartAsync(Simulator);
        host.Store.Add(Figures.OfSurrey(Figures.June));
        using var response = await host.GetAsync("/");
        using var page = await new HtmlParser().ParseDocumentAsync(await response.TextAsync());

        var marked = page.QuerySelectorAll("tbody th").Where(cell => cell.QuerySelector(".simulated") is not null).Select(cell => cell.TextContent);

        Assert.Equal(["Wyvern Vale (SIM) simulated", "Waits simulated"], marked);
        Assert.Contains("Simulated figures.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The simulator was switched off; what it stated is stored for ever.</summary>
    [Fact]
    public async Task Figures_OfAnEarlierSimulation_AreStillMarked()
    {
        await using var host = await StartAsync(simulator: null);

        var items = (await host.GetJsonAsync("/api/v1/observations?metric=utc-waiting")).GetProperty("items");
        var organisations = (await host.GetJsonAsync("/api/v1/organisations?withoutParent=true")).GetProperty("items");

        Assert.Equal([false, true], items.EnumerateArray().Select(item => item.GetProperty("simulated").GetBoolean()));
        Assert.Equal(["SIMU1"], organisations.EnumerateArray().Where(item => item.GetProperty("simulated").GetBoolean()).Select(item => item.GetProperty("code").GetString()));
    }

    private static readonly Uri Simulator = new(SimulatedSystem.Simulator);

    private static async Task<ApiHost> StartAsync(Uri? simulator)
    {
        using var folder = new CatalogueFolder();
        SimulatedSystem.WriteTo(folder);
        var host = await ApiHost.StartAsync(CatalogueLoader.Load(folder.Path, new Parsers().Keys, simulator));
        host.Store.Add(Figures.Of("utc-waiting", "SIMU1", Quarter, 14), Figures.Of("utc-waiting", "RTP", Quarter, 3));
        return host;
    }
}
