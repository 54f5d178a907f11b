using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class ExplanationEndpointsTests
{
    private const string Address = "/api/v1/organisations/QXU/escalation/explain";
    private const string Asked = "?at=2024-06-30&framework=access-published-monthly";

    [Fact]
    public async Task Explain_Level_GoesDownFromWhatIsShownToEachRow()
    {
        await using var host = await HostAsync();

        var answer = await host.GetJsonAsync(Address + Asked);

        Assert.Equal("1", Text(answer, "engineVersion"));
        var level = Assert.Single(answer.GetProperty("explanations").EnumerateArray());
        Assert.Equal(("access-published-monthly", "2"), (Text(level.GetProperty("framework"), "key"), Text(level.GetProperty("framework"), "version")));
        Assert.All(new[] { "rulesHash", "inputsHash", "hash" }, name => Assert.Matches("^[0-9a-f]{64}$", Text(level, name)!));

        var shown = level.GetProperty("shown");
        Assert.Equal(("3", "the calculated level is 3: it rises at once"), (Text(shown.GetProperty("shown"), "text"), Text(shown, "because")));
        Assert.Equal("never known", Text(shown.GetProperty("before"), "text"));
        var slot = Assert.Single(shown.GetProperty("slots").EnumerateArray());
        Assert.Equal((3, 3), (Number(slot, "level"), Number(slot, "shownLevel")));
        Assert.Equal("/api/v1/organisations/QXU/escalation/explain?at=2024-06-30T23%3A00%3A00Z&framework=access-published-monthly", Text(slot, "link"));

        var calculated = level.GetProperty("calculated");
        Assert.Equal("(2 + 2 + 1) × 100 / 9 = 5 × 100 / 9 = 55.555556; in [50, 75): level 3", Text(calculated, "words"));
        Assert.Equal("local-placeholder", Text(calculated.GetProperty("cut"), "provenance"));
        var bounds = level.GetProperty("bounds");
        Assert.Equal((2, 5, 12), Bound(bounds.GetProperty("lowest")));
        Assert.Equal((3, 8, 12), Bound(bounds.GetProperty("highest")));
        var taken = Assert.Single(bounds.GetProperty("taken").EnumerateArray());
        Assert.Equal(("utc-4-hour-performance", 0, 3), (Text(taken, "indicator"), Number(taken, "atBest"), Number(taken, "atWorst")));

        var inputs = level.GetProperty("inputs").EnumerateArray().ToDictionary(input => Text(input, "indicator")!);
        Assert.Equal(["ed-4-hour-performance", "dta-over-12h-share", "utc-4-hour-performance", "virtual-ward-occupancy"], inputs.Keys);
        var ward = inputs["virtual-ward-occupancy"];
        Assert.Equal(("present", "(virtual-ward-patients) / (virtual-ward-capacity)", "85 / 100 = 0.85"), (Text(ward, "state"), ward.GetProperty("formulas")[0].GetString(), Text(ward, "words")));
        Assert.Equal(4, ward.GetProperty("parameter").GetProperty("bands").GetArrayLength());
        var observation = ward.GetProperty("organisations")[0].GetProperty("observations")[0];
        Assert.Equal(
            ("contributes", "virtual-ward-patients", 85, Figures.Publication.ToString(), 7, "2024-07-11T09:30:00Z"),
            (Text(observation, "role"), Text(observation, "metric"), Number(observation, "value"), Text(observation, "publication"), Number(observation, "row"), Text(observation, "recordedAt")));
        var urgent = inputs["utc-4-hour-performance"];
        Assert.Equal(("missing", "late", "nobody who is expected states all that it takes"), (Text(urgent, "state"), Text(urgent, "absence"), Text(urgent, "words")));
        Assert.Equal(JsonValueKind.Null, urgent.GetProperty("points").ValueKind);
        Assert.Contains("unheard", urgent.GetProperty("organisations").Texts("status"));
    }

    [Fact]
    public async Task Explain_WithoutFramework_ExplainsEveryOne()
    {
        await using var host = await HostAsync();

        var answer = await host.GetJsonAsync(Address + "?at=2024-06-30");

        Assert.Equal(["access-published-monthly", "winter-sitrep-local"], answer.GetProperty("explanations").EnumerateArray().Select(item => Text(item.GetProperty("framework"), "key")));
        Assert.Equal("not-calculated", Text(answer.GetProperty("explanations")[1].GetProperty("calculated"), "status"));
    }

    [Fact]
    public async Task Explain_Csv_HasARowForEachObservation()
    {
        await using var host = await HostAsync();

        using var response = await host.GetAsync(Address + ".csv" + Asked);
        var lines = (await response.TextAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1 + 14, lines.Length);
        Assert.StartsWith("organisation,framework,frameworkVersion,slotEnd,hash,indicator,contributor,role,metric,", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, line => line.Contains(",virtual-ward-occupancy,QXU,contributes,virtual-ward-patients,2024-05-31T23:00:00Z,2024-06-30T23:00:00Z,85,,,,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Address + "?framework=nothing", "framework")]
    [InlineData(Address + "?at=soon", "at")]
    [InlineData(Address + "?asOf=2030-01-01T00:00:00Z", "asOf")]
    [InlineData("/api/v1/organisations/QXU/escalation/compare", "asOf")]
    [InlineData("/api/v1/organisations/QXU/escalation/compare?asOf=2026-01-14T00:00:00Z&and=2026-01-13T00:00:00Z", "and")]
    public async Task Explain_WrongParameter_IsRefused(string address, string parameter)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(address);

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("compare?asOf=2026-01-15T12:00:00Z")]
    public async Task Explain_UnknownOrganisation_IsNotFound(string question)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/organisations/NONE1/escalation/" + question);

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task Compare_FigureRevised_TellsTheCellsTheInputAndTheObservation()
    {
        await using var host = await HostAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        host.Store.Add(Figures.Of("virtual-ward-patients", "QXU", Figures.June, 95) with { Publication = Figures.Revision, RecordedAt = ApiHost.Now.AddHours(6) });

        var answer = await host.GetJsonAsync("/api/v1/organisations/QXU/escalation/compare?at=2024-06-30&asOf=2026-01-15T12:00:00Z&framework=access-published-monthly");

        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(("data", true, false), (Text(item, "changed"), item.GetProperty("dataChanged").GetBoolean(), item.GetProperty("rulesChanged").GetBoolean()));
        Assert.Equal(["then/then 5", "now/then 6", "then/now 5", "now/now 6"], item.GetProperty("cells").EnumerateArray().Select(
            cell => $"{Text(cell, "data")}/{Text(cell, "rules")} {Number(cell.GetProperty("reading"), "points")}"));
        var moved = Assert.Single(item.GetProperty("moved").EnumerateArray());
        Assert.Equal((0.85, 0.95), (Number(moved.GetProperty("before"), "value"), Number(moved.GetProperty("after"), "value")));
        var changed = Assert.Single(item.GetProperty("observations").EnumerateArray());
        Assert.Equal(("revised", "virtual-ward-patients"), (Text(changed, "change"), Text(changed, "metric")));
        Assert.Equal((85, 95, Figures.Revision.ToString()), (Number(changed.GetProperty("before"), "value"), Number(changed.GetProperty("after"), "value"), Text(changed.GetProperty("after"), "publication")));
    }

    [Fact]
    public async Task Frameworks_Listed_HaveTheHashOfTheirRules()
    {
        await using var host = await ApiHost.StartAsync();

        var frameworks = (await host.GetJsonAsync("/api/v1/frameworks")).GetProperty("items");

        Assert.Equal(ApiHost.Catalogue.Frameworks.Select(framework => ApiHost.Catalogue.RulesOf(framework).Hash), frameworks.Texts("rulesHash"));
        Assert.All(frameworks.EnumerateArray(), framework => Assert.Equal(JsonValueKind.Null, framework.GetProperty("changedWithoutVersion").ValueKind));
    }

    private static async Task<ApiHost> HostAsync()
    {
        var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        return host;
    }

    private static (double Level, double Points, double Of) Bound(JsonElement bound) => (Number(bound, "level"), Number(bound, "points"), Number(bound, "ofPoints"));

    private static double Number(JsonElement item, string name) => item.GetProperty(name).GetDouble();

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
