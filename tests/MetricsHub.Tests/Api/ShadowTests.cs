using System.Text.Json;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>A candidate beside the framework in force: the same rules, but for a first cut that makes nearly everything level 4.</summary>
public sealed class ShadowTests
{
    private const string Surrey = "/api/v1/organisations/QXU/escalation";
    private const string Key = "access-published-monthly";

    private static readonly Framework InForce = ApiHost.Catalogue.Frameworks.Single(framework => framework.Key == Key);

    private static readonly HubCatalogue Catalogue = ApiHost.Catalogue with
    {
        Frameworks =
        [
            .. ApiHost.Catalogue.Frameworks,
            InForce with
            {
                Version = "candidate",
                Status = FrameworkStatus.Shadow,
                Levels = [.. InForce.Levels.Select(cut => cut with { Range = Range(cut.Level) })],
            },
        ],
    };

    [Fact]
    public async Task Escalation_FrameworkInShadow_IsThereOnlyWhereItIsAskedFor()
    {
        await using var host = await StartAsync();

        var answer = await host.GetJsonAsync(Surrey + "?at=2024-06-30");
        var asked = await host.GetJsonAsync($"{Surrey}?at=2024-06-30&framework={Key}");

        Assert.Single(answer.GetProperty("readings").EnumerateArray(), reading => reading.GetProperty("framework").GetProperty("key").GetString() == Key);
        Assert.Equal([false, true], asked.GetProperty("readings").EnumerateArray().Select(reading => reading.GetProperty("framework").GetProperty("shadow").GetBoolean()));
        Assert.Equal([3, 4], asked.GetProperty("readings").EnumerateArray().Select(reading => reading.GetProperty("level").GetInt32()));
    }

    [Fact]
    public async Task History_VersionInShadow_IsReadOnlyByItsName()
    {
        await using var host = await StartAsync();

        var inForce = await host.GetJsonAsync($"{Surrey}/history?framework={Key}&from=2024-06-30&to=2024-06-30");
        var shadow = await host.GetJsonAsync($"{Surrey}/history?framework={Key}&version=candidate&from=2024-06-30&to=2024-06-30");

        Assert.Equal(3, Assert.Single(inForce.GetProperty("items").EnumerateArray()).GetProperty("level").GetInt32());
        Assert.Equal(4, Assert.Single(shadow.GetProperty("items").EnumerateArray()).GetProperty("level").GetInt32());
    }

    [Fact]
    public async Task Frameworks_InShadow_SaySo()
    {
        await using var host = await StartAsync();

        var versions = (await host.GetJsonAsync($"/api/v1/frameworks/{Key}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["active", "shadow"], versions.Select(version => version.GetProperty("status").GetString()).Order());
    }

    [Fact]
    public async Task Differences_CandidateAgainstWhatIsInForce_CountsDaysThatDifferAndThoseOfWhichNothingIsKnown()
    {
        await using var host = await StartAsync();

        var answer = await host.GetJsonAsync($"/api/v1/frameworks/{Key}/differences?from=2024-06-01&to=2024-08-31");

        Assert.Equal("candidate", answer.GetProperty("framework").GetProperty("version").GetString());
        var surrey = answer.GetProperty("organisations").EnumerateArray().Single(item => item.GetProperty("organisation").GetProperty("code").GetString() == "QXU");
        Assert.Equal((3, 1, 1, 2), (Number(surrey, "days"), Number(surrey, "calculatedDiffers"), Number(surrey, "shownDiffers"), Number(surrey, "unknownDays")));
        Assert.Equal(["2024-06-30", "2024-07-31", "2024-08-31"], surrey.GetProperty("listed").Texts("day"));
        Assert.Equal(["differs", "unknown", "unknown"], surrey.GetProperty("listed").Texts("shown"));
    }

    [Fact]
    public async Task Differences_AsCsv_HasARowForEachDayListed()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync($"/api/v1/frameworks/{Key}/differences.csv?from=2024-06-01&to=2024-06-30");
        var rows = CsvFiles.Read(await response.TextAsync()).Where(row => row["organisation"] == "QXU").ToList();

        Assert.Equal(("2024-06-30", "differs", "4", "3"), (rows[0]["day"], rows[0]["calculated"], rows[0]["level"], rows[0]["againstLevel"]));
    }

    [Theory]
    [InlineData("", "from")]
    [InlineData("from=2024-06-01&to=2024-05-31", "to")]
    [InlineData("from=2024-06-01&to=2026-01-01", "to")]
    [InlineData("from=2024-06-01&to=2024-06-30&against=opel", "against")]
    [InlineData("from=2024-06-01&to=2024-06-30&version=candidate&againstVersion=candidate", "against")]
    public async Task Differences_OfNothingOrForTooLong_AreRefused(string query, string parameter)
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync($"/api/v1/frameworks/{Key}/differences?{query}");

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Fact]
    public async Task Differences_UnknownVersion_IsNotFound()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync($"/api/v1/frameworks/{Key}/differences?version=9&from=2024-06-01&to=2024-06-30");

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task Evaluation_NothingEvaluatedYet_SaysSoOfEveryFramework()
    {
        await using var host = await StartAsync();

        var items = (await host.GetJsonAsync("/api/v1/evaluation")).GetProperty("items");

        Assert.Equal(Catalogue.Frameworks.Count, items.GetArrayLength());
        Assert.All(items.Texts("state"), state => Assert.Equal("never", state));
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync(Catalogue);
        host.Store.Add(Figures.OfSurrey(Figures.June));
        return host;
    }

    private static int Number(JsonElement item, string property) => item.GetProperty(property).GetInt32();

    private static Interval Range(int level) => level switch
    {
        1 => new Interval(0, true, 1, true),
        2 => new Interval(1, false, 2, true),
        3 => new Interval(2, false, 3, true),
        _ => new Interval(3, false, 100, true),
    };
}
