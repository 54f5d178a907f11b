using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class CheckEndpointsTests
{
    [Fact]
    public async Task Checks_Asked_GivesEveryRuleWithWhereItComesFrom()
    {
        await using var host = await ApiHost.StartAsync();

        var checks = await host.GetJsonAsync("/api/v1/checks");

        Assert.Equal(600, checks.GetProperty("future").GetProperty("allowedSeconds").GetInt32());
        var range = checks.GetProperty("ranges").EnumerateArray().Single(item => item.GetProperty("metric").GetString() == "ed-type-1-attendances");
        Assert.Equal(("[0, 100000]", true), (range.GetProperty("plausible").GetString(), range.GetProperty("whole").GetBoolean()));
        Assert.Equal(ApiHost.Catalogue.Metrics.Count, checks.GetProperty("ranges").GetArrayLength());
        var wards = checks.GetProperty("relations")[0];
        Assert.Equal(
            ("not-above", "virtual-ward-capacity", 4),
            (wards.GetProperty("check").GetString(), wards.GetProperty("total").GetString(), wards.GetProperty("allow").GetDouble()));
        Assert.Equal(["virtual-ward-capacity", "virtual-ward-patients"], wards.GetProperty("refuses").EnumerateArray().Select(key => key.GetString()));
        Assert.All(
            new[] { "ranges", "relations", "unitSlips" }.SelectMany(list => checks.GetProperty(list).EnumerateArray()).Append(checks.GetProperty("future")),
            rule => Assert.False(string.IsNullOrEmpty(rule.GetProperty("provenance").GetString()) || string.IsNullOrEmpty(rule.GetProperty("source").GetString())));
    }
}
