using System.Text.Json;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class RollUpEndpointsTests
{
    private const string Query = "/escalation/roll-up?framework=winter-sitrep-local&at=2024-12-24";
    private const string System = "/api/v1/organisations/QUY" + Query;
    private const double BristolAndWeston = 0.694;
    private const double NorthBristol = 0.306;

    private static readonly Period Day = LondonCalendar.Day(new DateOnly(2024, 12, 24));

    [Fact]
    public async Task RollUp_BothTrustsThere_IsTheWeightedMeanOfTheirOwnScores()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add([.. Pressed("RA7"), .. Calm("RVJ")]);

        var item = Assert.Single((await host.GetJsonAsync(System)).GetProperty("rollUps").EnumerateArray());

        Assert.Equal("winter-sitrep-local", item.GetProperty("framework").GetProperty("key").GetString());
        Assert.Equal(("provider", 75), (item.GetProperty("rule").GetProperty("from").GetString(), Number(item.GetProperty("rule"), "minimumCoveragePercent")));
        var steps = item.GetProperty("steps");
        Assert.Equal(["QUY", "RA7", "RVJ"], steps.Texts("organisation"));
        Assert.Equal(["roll-up", "reading", "reading"], steps.Texts("made"));
        Assert.Equal([69.4, 30.6], steps.EnumerateArray().Skip(1).Select(step => Number(step.GetProperty("weight"), "percent")));
        Assert.Equal("quoted", steps[2].GetProperty("weight").GetProperty("provenance").GetString());

        var own = await ScoresAsync(host, steps[1].GetProperty("link").GetString()!, steps[2].GetProperty("link").GetString()!);
        Assert.NotEqual(own[0], own[1]);
        Assert.Equal(own, steps.EnumerateArray().Skip(1).Select(step => Number(step, "score")));
        Assert.Equal((BristolAndWeston * own[0]) + (NorthBristol * own[1]), Number(steps[0], "score"), 9);
        Assert.Equal(100, Number(steps[0], "coveragePercent"));
        Assert.Equal(["NLX"], steps[0].GetProperty("unweighed").EnumerateArray().Select(code => code.GetString()));
    }

    [Fact]
    public async Task RollUp_AndTheSystemsOwnReading_AreTwoThings()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add([.. Pressed("RA7"), .. Calm("RVJ")]);

        var rolledUp = Number((await host.GetJsonAsync(System)).GetProperty("rollUps")[0].GetProperty("steps")[0], "score");
        var own = await ScoresAsync(host, "/api/v1/organisations/QUY/escalation?at=2024-12-24");

        Assert.NotEqual(own[0], rolledUp, 3);
    }

    [Fact]
    public async Task RollUp_TrustMissing_HasNoLevelWiderBoundsAndSaysWhoAndWhy()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add([.. Pressed("RA7")]);

        var steps = (await host.GetJsonAsync(System)).GetProperty("rollUps")[0].GetProperty("steps");

        var system = steps[0];
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (system.GetProperty("score").ValueKind, system.GetProperty("level").ValueKind));
        Assert.Equal("Only 69.4 % of the weight has a score; at least 75 % are required.", system.GetProperty("reason").GetString());
        Assert.Equal(["RVJ"], system.GetProperty("missing").EnumerateArray().Select(code => code.GetString()));
        var score = Number(steps[1], "score");
        Assert.Equal((BristolAndWeston * score, (BristolAndWeston * score) + (NorthBristol * 100)), (Number(system, "bestScore"), Number(system, "worstScore")));
        Assert.True(Number(system, "lowestLevel") < Number(system, "highestLevel"));
        Assert.Equal((1, 4, 0), (Number(steps[2], "lowestLevel"), Number(steps[2], "highestLevel"), Number(steps[2], "coveragePercent")));
        Assert.Equal("It would rest on no indicator; at least 3 are required.", steps[2].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task RollUp_Region_HasEveryStepDownAndCountsWhatIsMissingBelow()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add([.. Pressed("RA7"), .. Calm("RVJ")]);

        var steps = (await host.GetJsonAsync("/api/v1/organisations/Y58" + Query)).GetProperty("rollUps")[0].GetProperty("steps").EnumerateArray().ToList();

        var bristol = steps.Single(step => step.GetProperty("organisation").GetString() == "QUY");
        Assert.Equal("Y58", bristol.GetProperty("parent").GetString());
        Assert.Equal("type 1 A&E attendances", bristol.GetProperty("weight").GetProperty("basis").GetString());
        Assert.Equal(Number(bristol.GetProperty("weight"), "percent"), Number(steps[0], "coveragePercent"), 9);
        Assert.Equal(
            steps.Count(step => step.GetProperty("made").GetString() == "reading" && step.GetProperty("score").ValueKind == JsonValueKind.Null),
            steps[0].GetProperty("missing").GetArrayLength());
    }

    [Fact]
    public async Task RollUp_AsOfBeforeTheFigures_DoesNotKnowThem()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add([.. Pressed("RA7"), .. Calm("RVJ")]);

        var steps = (await host.GetJsonAsync(System + "&asOf=2024-07-11T09:29:59Z")).GetProperty("rollUps")[0].GetProperty("steps");

        Assert.Equal(0, Number(steps[0], "coveragePercent"));
        Assert.Contains("asOf=", steps[1].GetProperty("link").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollUp_AsCsv_HasARowForEachStep()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add([.. Pressed("RA7")]);

        using var response = await host.GetAsync(System.Replace("roll-up?", "roll-up.csv?", StringComparison.Ordinal));
        var rows = CsvFiles.Read(await response.TextAsync());

        Assert.Equal(["QUY", "RA7", "RVJ"], rows.Select(row => row["organisation"]));
        Assert.Equal(["", "0.694", "0.306"], rows.Select(row => row["weight"]));
        Assert.Equal(["69.4", "100", "0"], rows.Select(row => row["coveragePercent"]));
        Assert.Equal(["RVJ", "", ""], rows.Select(row => row["missing"]));
    }

    [Fact]
    public async Task RollUp_NobodyBelowWithAWeight_IsEmpty()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(0, (await host.GetJsonAsync("/api/v1/organisations/RVJ/escalation/roll-up")).GetProperty("rollUps").GetArrayLength());
        Assert.Equal(["opel-acute-2024-26", "winter-sitrep-local"], (await host.GetJsonAsync("/api/v1/organisations/QUY/escalation/roll-up"))
            .GetProperty("rollUps").EnumerateArray().Select(item => item.GetProperty("framework").GetProperty("key").GetString()));
    }

    [Fact]
    public async Task RollUp_WrongRequests_AreRefused()
    {
        await using var host = await ApiHost.StartAsync();

        using var unknown = await host.GetAsync("/api/v1/organisations/QUY/escalation/roll-up?framework=opel&at=soon");
        using var nobody = await host.GetAsync("/api/v1/organisations/NOSUCH/escalation/roll-up");

        Assert.Equal(["at", "framework"], (await unknown.AssertInvalidAsync()).Order());
        await nobody.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    private static IEnumerable<RecordedStatement> Pressed(string trust) => Of(trust, open: 1000, occupied: 990, longStays: 200, handovers: 10, critical: 80);

    private static IEnumerable<RecordedStatement> Calm(string trust) => Of(trust, open: 800, occupied: 700, longStays: 70, handovers: 2, critical: 20);

    private static IEnumerable<RecordedStatement> Of(string trust, double open, double occupied, double longStays, double handovers, double critical) =>
    [
        Figures.Of("adult-general-acute-beds-open", trust, Day, open),
        Figures.Of("adult-general-acute-beds-occupied", trust, Day, occupied),
        Figures.Of("beds-occupied-over-21-days", trust, Day, longStays),
        Figures.Of("ambulance-handover-over-60-minutes", trust, Day, handovers),
        Figures.Of("adult-critical-care-beds-open", trust, Day, 100),
        Figures.Of("adult-critical-care-beds-occupied", trust, Day, critical),
    ];

    private static async Task<double[]> ScoresAsync(ApiHost host, params string[] addresses)
    {
        var scores = new List<double>();
        foreach (var address in addresses)
        {
            var readings = (await host.GetJsonAsync(address)).GetProperty("readings").EnumerateArray();
            scores.Add(Number(readings.Single(reading => reading.GetProperty("framework").GetProperty("key").GetString() == "winter-sitrep-local"), "scaledScore"));
        }

        return [.. scores];
    }

    private static double Number(JsonElement item, string property) => item.GetProperty(property).GetDouble();
}
