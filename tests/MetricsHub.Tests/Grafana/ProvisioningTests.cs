using System.Text.Json.Nodes;
using Xunit;

namespace MetricsHub.Tests.Grafana;

/// <summary>What Grafana is told at its start, beside dashboards and alarms.</summary>
public sealed class ProvisioningTests(DashboardHub hub) : IClassFixture<DashboardHub>
{
    private static readonly GrafanaFiles Files = GrafanaFiles.Read();

    private static JsonObject Source => Files.DataSources.List("datasources").Single();

    [Fact]
    public void DataSource_Address_IsPutTogetherWithEachQueryAndAllowed()
    {
        var (url, settings) = (Source.Text("url"), Source.Object("jsonData"));

        Assert.False(url.EndsWith('/'));
        var allowed = settings["allowedHosts"]!.AsArray().Select(entry => entry!.ToString()).ToList();
        Assert.All(Files.Dashboards.SelectMany(entry => entry.Dashboard.With("url_options")), query =>
            Assert.Contains(allowed, prefix => (url + query.Text("url")).StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Contains(allowed, prefix => settings.Text("customHealthCheckUrl").StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>The key is read from a file: it stands in no file of the repository and in no environment.</summary>
    [Fact]
    public void DataSource_Key_IsAFileAndShownAsTheHubAsksForIt()
    {
        var settings = Source.Object("jsonData");

        Assert.Equal(("apiKey", "X-Api-Key", "header"), (settings.Text("auth_method"), settings.Text("apiKeyKey"), settings.Text("apiKeyType")));
        Assert.Equal("$__file{/run/secrets/grafana_key}", Source.Object("secureJsonData").Text("apiKeyValue"));
        Assert.Equal("false", settings.Text("allowDangerousHTTPMethods"), ignoreCase: true);
    }

    [Fact]
    public async Task DataSource_HealthCheck_IsAnsweredWithABody()
    {
        var (status, body) = await hub.GetAsync(Source.Object("jsonData").Text("customHealthCheckUrl")[Source.Text("url").Length..]);

        Assert.Equal(200, status);
        Assert.NotEmpty(body);
    }

    [Fact]
    public void Provider_OfDashboards_ReadsTheFolderAndKeepsFilesTheSource()
    {
        var provider = Files.Providers.List("providers").Single();

        Assert.Equal("/etc/grafana/dashboards", provider.Object("options").Text("path"));
        Assert.Equal(("true", "false"), (provider.Text("disableDeletion").ToLowerInvariant(), provider.Text("allowUiUpdates").ToLowerInvariant()));
        Assert.Equal(provider.Text("folder"), Assert.Single(Files.Rules.List("groups")).Text("folder"));
    }

    [Fact]
    public void Policies_Receivers_AreContactPointsThatExist()
    {
        var names = Files.ContactPoints.List("contactPoints").Select(point => point.Text("name")).ToHashSet();

        Assert.NotEmpty(names);
        Assert.All(Files.Policies.With("receiver"), policy => Assert.Contains(policy.Text("receiver"), names));
        Assert.DoesNotContain(Files.ContactPoints.Texts(), text => text.Contains('$', StringComparison.Ordinal));
    }

    [Fact]
    public void Grid_OfPanels_LeavesNoPanelUponAnother() => Assert.All(Files.Dashboards, entry =>
    {
        var places = entry.Dashboard.List("panels").SelectMany(panel => PlacesOf(panel.Object("gridPos"))).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
        Assert.All(places, place => Assert.InRange(place.X, 0, 23));
        Assert.Equal(entry.Dashboard.List("panels").Count, entry.Dashboard.List("panels").Select(panel => panel.Text("id")).Distinct().Count());
    });

    private static IEnumerable<(int X, int Y)> PlacesOf(JsonObject grid) =>
        from x in Enumerable.Range((int)grid["x"]!, (int)grid["w"]!)
        from y in Enumerable.Range((int)grid["y"]!, (int)grid["h"]!)
        select (x, y);
}
