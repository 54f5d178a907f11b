using System.Text;
using System.Text.Json;
using MetricsHub.Domain.Escalation;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class WhatIfEndpointsTests
{
    private const string Address = "/api/v1/organisations/QXU/escalation/what-if";
    private const string Asked = "\"at\":\"2024-06-30\",\"framework\":\"access-published-monthly\"";

    [Fact]
    public async Task WhatIf_NothingSupposed_IsTheReadingTwice()
    {
        await using var host = await HostAsync();

        var item = await OnlyAsync(host, $$"""{ {{Asked}} }""");

        Assert.Equal(item.GetProperty("before").GetRawText(), item.GetProperty("after").GetRawText());
        Assert.Equal(0, item.GetProperty("moved").GetArrayLength());
        var reading = (await host.GetJsonAsync("/api/v1/organisations/QXU/escalation?at=2024-06-30")).GetProperty("readings")[0];
        Assert.All(
            new[] { ("shown", "shown"), ("level", "level"), ("bounds", "bounds"), ("score", "points"), ("scaledScore", "score"), ("changes", "changes") },
            name => Assert.Equal(reading.GetProperty(name.Item1).GetRawText(), item.GetProperty("before").GetProperty(name.Item2).GetRawText()));
        Assert.True(item.GetProperty("sameRules").GetBoolean());
    }

    [Fact]
    public async Task WhatIf_ValueOfAnIndicator_TellsBothSideBySide()
    {
        await using var host = await HostAsync();

        var item = await OnlyAsync(host, $$"""{ {{Asked}}, "inputs": [{ "indicator": "utc-4-hour-performance", "value": 0.5 }] }""");

        var (before, after) = (item.GetProperty("before"), item.GetProperty("after"));
        Assert.Equal((3, 5, 9), Level(before));
        Assert.Equal((3, 8, 12), Level(after));
        Assert.True(after.GetProperty("bounds").GetProperty("certain").GetBoolean());
        var moved = Assert.Single(item.GetProperty("moved").EnumerateArray());
        Assert.Equal(("missing", "present"), (Text(moved.GetProperty("before"), "state"), Text(moved.GetProperty("after"), "state")));
        Assert.Equal((0.5, 3), (Number(moved.GetProperty("after"), "value"), Number(moved.GetProperty("after"), "points")));
    }

    [Fact]
    public async Task WhatIf_IndicatorMissing_IsOutOfTheScoreAndInTheBounds()
    {
        await using var host = await HostAsync();

        var item = await OnlyAsync(host, $$"""{ {{Asked}}, "inputs": [{ "indicator": "virtual-ward-occupancy", "missing": true }] }""");

        var after = item.GetProperty("after");
        Assert.Equal("not-calculated", Text(after, "status"));
        Assert.Equal("It would rest on 2 indicators; at least 3 are required.", Text(after, "reason"));
        Assert.Equal(50, Number(after.GetProperty("bounds"), "unknownPercent"));
    }

    [Fact]
    public async Task WhatIf_FigureOfAnOrganisation_GoesThroughTheSums()
    {
        await using var host = await HostAsync();

        var item = await OnlyAsync(host, $$"""{ {{Asked}}, "inputs": [{ "metric": "dta-wait-over-12h", "organisation": "ra2", "value": 11 }] }""");

        var moved = Assert.Single(item.GetProperty("moved").EnumerateArray());
        Assert.Equal((0.08, 2, 0.11, 3), (
            Number(moved.GetProperty("before"), "value"), Number(moved.GetProperty("before"), "points"),
            Number(moved.GetProperty("after"), "value"), Number(moved.GetProperty("after"), "points")));
        Assert.Equal((3, 6, 9), Level(item.GetProperty("after")));
    }

    [Fact]
    public async Task WhatIf_OtherFramework_IsReadBesideThoseThatJudge()
    {
        await using var host = await HostAsync();

        var items = (await AnswerAsync(host, """{ "at": "2024-06-30", "framework": "system-access" }""")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["access-published-monthly", "winter-sitrep-local"], items.Select(item => Text(item.GetProperty("before").GetProperty("framework"), "key")));
        Assert.All(items, item => Assert.Equal("system-access", Text(item.GetProperty("after").GetProperty("framework"), "key")));
        Assert.All(items, item => Assert.False(item.GetProperty("sameRules").GetBoolean()));
    }

    [Fact]
    public async Task WhatIf_VersionOfBefore_IsReadFromTheLedger()
    {
        await using var host = await HostAsync();
        var today = ApiHost.Catalogue.Frameworks.Single(framework => framework.Key == "access-published-monthly");
        var before = FrameworkRules.Of(
            today with { Version = "1", MissingData = today.MissingData with { MinimumIndicators = 4 } }, ApiHost.Catalogue.Indicators, ApiHost.Catalogue.Metrics);
        host.Ledger.Rules.Add(new RulesInForce(today.Key, "1", EngineVersion.Current, before.Hash, before.Text, ApiHost.Now.AddYears(-1)));

        var item = await OnlyAsync(host, $$"""{ {{Asked}}, "version": "1" }""");

        Assert.Equal(("1", before.Hash), (Text(item.GetProperty("after").GetProperty("framework"), "version"), Text(item.GetProperty("after"), "rulesHash")));
        Assert.Equal("It would rest on 3 indicators; at least 4 are required.", Text(item.GetProperty("after"), "reason"));
    }

    [Theory]
    [InlineData("""{ "framework": "nothing" }""", "framework")]
    [InlineData("""{ "framework": "opel-acute-2023-24" }""", "framework")]
    [InlineData("""{ "framework": "access-published-monthly", "version": "77" }""", "version")]
    [InlineData("""{ "version": "1" }""", "version")]
    [InlineData("""{ "inputs": [null] }""", "inputs")]
    [InlineData("""{ "inputs": [{ "indicator": "nothing", "value": 1 }] }""", "inputs[0].indicator")]
    [InlineData("""{ "inputs": [{ "indicator": "ed-4-hour-performance" }] }""", "inputs[0].value")]
    [InlineData("""{ "inputs": [{ "indicator": "ed-4-hour-performance", "value": 1, "missing": true }] }""", "inputs[0].value")]
    [InlineData("""{ "inputs": [{ "indicator": "ed-4-hour-performance", "value": 1e300 }] }""", "inputs[0].value")]
    [InlineData("""{ "inputs": [{ "indicator": "ed-4-hour-performance", "value": 1 }, { "indicator": "ed-4-hour-performance", "value": 0 }] }""", "inputs")]
    [InlineData("""{ "inputs": [{ "metric": "dta-wait-over-12h", "value": 1 }] }""", "inputs[0].organisation")]
    [InlineData("""{ "at": "2024-06-30", "inputs": [{ "metric": "dta-wait-over-12h", "organisation": "RTP1", "value": 1 }] }""", "inputs[0].organisation")]
    [InlineData("""{ "at": "2024-06-30", "inputs": [{ "metric": "dta-wait-over-12h", "organisation": "RVJ", "value": 1 }] }""", "inputs[0]")]
    public async Task WhatIf_WrongQuestion_IsRefusedByName(string body, string parameter)
    {
        await using var host = await HostAsync();

        using var response = await PostAsync(host, body);

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Theory]
    [InlineData("""{ "inputs": [{ "indicater": "ed-4-hour-performance", "value": 1 }] }""")]
    [InlineData("""{ "inputs": [{ "indicator": "ed-4-hour-performance", "value": "1" }] }""")]
    [InlineData("""{ "inputs" """)]
    [InlineData("")]
    public async Task WhatIf_NotTheJsonThatIsAskedFor_IsABadRequest(string body)
    {
        await using var host = await HostAsync();

        using var response = await PostAsync(host, body);

        await response.AssertProblemAsync(StatusCodes.Status400BadRequest, "/problems/bad-request");
    }

    [Fact]
    public async Task WhatIf_TooManyInputs_IsRefused()
    {
        await using var host = await HostAsync();
        var inputs = Enumerable.Range(0, 101).Select(index => $$"""{ "indicator": "ed-4-hour-performance", "value": 0.{{index}} }""");

        using var response = await PostAsync(host, $$"""{ "inputs": [{{string.Join(',', inputs)}}] }""");

        Assert.Equal(["inputs"], await response.AssertInvalidAsync());
    }

    [Fact]
    public async Task WhatIf_UnknownOrganisation_IsNotFound()
    {
        await using var host = await HostAsync();

        using var response = await host.Client.PostAsync("/api/v1/organisations/NONE1/escalation/what-if", Json("{}"), TestContext.Current.CancellationToken);

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task WhatIf_Asked_StoresNothing()
    {
        await using var host = await HostAsync();
        var before = await host.GetJsonAsync("/api/v1/organisations/QXU/escalation?at=2024-06-30");
        var (store, ledger) = (host.Store.Version, host.Ledger.Version);

        await AnswerAsync(host, $$"""{ {{Asked}}, "inputs": [{ "indicator": "utc-4-hour-performance", "value": 0 }] }""");

        Assert.Equal((store, ledger), (host.Store.Version, host.Ledger.Version));
        Assert.Equal(before.GetRawText(), (await host.GetJsonAsync("/api/v1/organisations/QXU/escalation?at=2024-06-30")).GetRawText());
    }

    private static async Task<ApiHost> HostAsync()
    {
        var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        return host;
    }

    private static async Task<JsonElement> OnlyAsync(ApiHost host, string body) =>
        Assert.Single((await AnswerAsync(host, body)).GetProperty("items").EnumerateArray());

    private static async Task<JsonElement> AnswerAsync(ApiHost host, string body)
    {
        using var response = await PostAsync(host, body);
        var text = await response.TextAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private static Task<HttpResponseMessage> PostAsync(ApiHost host, string body) => host.Client.PostAsync(Address, Json(body), TestContext.Current.CancellationToken);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static (double Level, double Points, double Available) Level(JsonElement side) =>
        (Number(side, "level"), Number(side, "points"), Number(side, "availablePoints"));

    private static double Number(JsonElement item, string name) => item.GetProperty(name).GetDouble();

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
