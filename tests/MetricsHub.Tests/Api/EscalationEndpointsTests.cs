using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class EscalationEndpointsTests
{
    private const string Address = "/api/v1/organisations/QXU/escalation";

    [Fact]
    public async Task Escalation_ThreeOfFourInputsThere_GivesLevelAndEverythingItRestsOn()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var answer = await host.GetJsonAsync(Address + "?at=2024-06-30");

        Assert.Equal("2024-06-30T23:00:00Z", answer.GetProperty("at").GetString());
        Assert.Equal("2026-01-15T12:00:00Z", answer.GetProperty("asOf").GetString());
        Assert.Equal(["access-published-monthly", "winter-sitrep-local"], answer.GetProperty("readings").EnumerateArray().Select(item => item.GetProperty("framework").GetProperty("key").GetString()));
        var reading = answer.GetProperty("readings")[0];
        Assert.Equal("calculated", reading.GetProperty("status").GetString());
        Assert.Equal(3, reading.GetProperty("level").GetInt32());
        Assert.Equal(JsonValueKind.Null, reading.GetProperty("reason").ValueKind);
        Assert.Equal((5, 9, 12), (Number(reading, "score"), Number(reading, "availablePoints"), Number(reading, "applicablePoints")));
        Assert.Equal(75, Number(reading, "observablePercent"));
        var bounds = reading.GetProperty("bounds");
        Assert.Equal((2, 3, 25), (Number(bounds, "lowest"), Number(bounds, "highest"), Number(bounds, "unknownPercent")));
        Assert.False(bounds.GetProperty("certain").GetBoolean());
        var shown = reading.GetProperty("shown");
        Assert.Equal((3, "known", "3"), (Number(shown, "level"), shown.GetProperty("status").GetString(), shown.GetProperty("text").GetString()));
        var change = reading.GetProperty("changes")[0];
        Assert.Equal(("virtual-ward-occupancy", 2, -0.05, -5), (
            change.GetProperty("indicator").GetString(), Number(change, "toLevel"), Math.Round(Number(change, "change"), 9), Math.Round(Number(change, "numeratorChange"), 9)));
        var emergencyPillar = reading.GetProperty("pillars").EnumerateArray().Single(item => item.GetProperty("serviceDomain").GetString() == "ed");
        Assert.Equal((3, 2, 3), (Number(emergencyPillar, "level"), Number(emergencyPillar, "score"), Number(emergencyPillar, "availablePoints")));

        var emergency = reading.GetProperty("contributions").EnumerateArray().Single(item => item.GetProperty("indicator").GetString() == "ed-4-hour-performance");
        Assert.Equal(0.65, Number(emergency, "value"));
        Assert.Equal((650, 1000), (Number(emergency, "numerator"), Number(emergency, "denominator")));
        Assert.Equal("local-placeholder", emergency.GetProperty("band").GetProperty("provenance").GetString());
        Assert.Equal("[0.6, 0.7)", emergency.GetProperty("band").GetProperty("range").GetString());
        Assert.Equal(0, Number(emergency, "ageSeconds"));
        var row = emergency.GetProperty("contributors")[0].GetProperty("rows")[0];
        Assert.Equal(Figures.Publication.ToString(), row.GetProperty("publication").GetString());
        Assert.Equal(7, Number(row, "row"));
        Assert.Equal(8, row.GetProperty("figures").GetArrayLength());

        Assert.Equal(["utc-4-hour-performance"], reading.GetProperty("missing").Texts("indicator").Order());
        Assert.All(reading.GetProperty("missing").Texts("absence"), absence => Assert.Equal("late", absence));
        Assert.Equal(4, reading.GetProperty("levels").GetArrayLength());
        Assert.Equal("local-placeholder", reading.GetProperty("missingData").GetProperty("provenance").GetString());
    }

    [Fact]
    public async Task Escalation_NothingForTheSlot_SaysWhyAndLinksTheLatestCalculated()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var reading = (await host.GetJsonAsync(Address)).GetProperty("readings")[0];

        Assert.Equal("not-calculated", reading.GetProperty("status").GetString());
        Assert.Contains("at least 3 are required", reading.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var latest = reading.GetProperty("latestCalculated");
        Assert.Equal(3, Number(latest, "level"));
        Assert.Equal("unknown, last known 3 since 2024-06-30T23:00:00Z", reading.GetProperty("shown").GetProperty("text").GetString());
        var linked = await host.GetJsonAsync(latest.GetProperty("link").GetString()!);
        Assert.Equal(3, Number(linked.GetProperty("readings")[0], "level"));
        var missing = reading.GetProperty("missing").EnumerateArray().First(item => item.GetProperty("indicator").GetString() == "virtual-ward-occupancy");
        Assert.Equal("2024-06-30T23:00:00Z", missing.GetProperty("lastPeriodEnd").GetString());
        Assert.Equal((ApiHost.Now - Figures.June.End).TotalSeconds, Number(missing, "ageSeconds"));
    }

    [Fact]
    public async Task Escalation_AsOfBeforeTheFigures_DoesNotKnowThem()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var answer = await host.GetJsonAsync(Address + "?at=2024-06-30&asOf=2024-07-11T09:29:59Z");

        Assert.Equal("2024-07-11T09:29:59Z", answer.GetProperty("asOf").GetString());
        Assert.Equal("not-calculated", answer.GetProperty("readings")[0].GetProperty("status").GetString());
        Assert.All(answer.GetProperty("readings")[0].GetProperty("missing").Texts("absence"), absence => Assert.Equal("not-due", absence));
    }

    [Fact]
    public async Task Escalation_AnyOrganisation_ListsWhatHasNoParent()
    {
        await using var host = await ApiHost.StartAsync();

        var without = (await host.GetJsonAsync(Address + "?at=2024-06-30")).GetProperty("withoutParent");

        Assert.Equal("2024-06-30", without.GetProperty("date").GetString());
        Assert.Equal(without.GetProperty("organisations").GetArrayLength(), Number(without, "count"));
    }

    [Fact]
    public async Task Escalation_KindThatNoFrameworkJudges_HasNoReading()
    {
        await using var host = await ApiHost.StartAsync();

        Assert.Equal(0, (await host.GetJsonAsync("/api/v1/organisations/00l/escalation")).GetProperty("readings").GetArrayLength());
    }

    [Theory]
    [InlineData("at=2024-06-30T12:00:00", "at")]
    [InlineData("at=yesterday", "at")]
    [InlineData("asOf=2024-06-30", "asOf")]
    [InlineData("asOf=2027-01-01T00:00:00Z", "asOf")]
    public async Task Escalation_TimeWithoutOffsetOrToCome_IsRefused(string query, string parameter)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync($"{Address}?{query}");

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Fact]
    public async Task Escalation_UnknownOrganisation_IsNotFound()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/organisations/NOSUCH/escalation");

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task History_ThreeMonths_HasOneItemForEach()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var answer = await host.GetJsonAsync(Address + "/history?framework=access-published-monthly&from=2024-05-31&to=2024-07-31");

        Assert.Equal("access-published-monthly", answer.GetProperty("framework").GetString());
        var items = answer.GetProperty("items");
        Assert.Equal(["2024-05-31T23:00:00Z", "2024-06-30T23:00:00Z", "2024-07-31T23:00:00Z"], items.Texts("at"));
        Assert.Equal(["not-calculated", "calculated", "not-calculated"], items.Texts("status"));
        Assert.Equal(3, Number(items[1], "level"));
        Assert.Equal(["never-known", "known", "held"], items.Texts("shownStatus"));
        Assert.Equal((3, 1, 4), (Number(items[2], "shownLevel"), Number(items[2], "lowestLevel"), Number(items[2], "highestLevel")));
    }

    [Fact]
    public async Task History_AsCsv_HasTheSameReadings()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        using var response = await host.GetAsync(Address + "/history.csv?framework=access-published-monthly&from=2024-05-31&to=2024-07-31");
        var rows = CsvFiles.Read(await response.TextAsync());

        Assert.Equal(["", "3", ""], rows.Select(row => row["level"]));
        Assert.Equal("12", rows[1]["applicablePoints"]);
        Assert.Equal(["", "3", "3"], rows.Select(row => row["shownLevel"]));
        Assert.Contains("filename=escalation-QXU.csv", response.Content.Headers.ContentDisposition?.ToString().Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_WithoutFromAndEndingBeforeIt_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();

        using var without = await host.GetAsync(Address + "/history");
        using var reversed = await host.GetAsync(Address + "/history?framework=access-published-monthly&from=2024-07-31&to=2024-05-31");
        using var unknown = await host.GetAsync(Address + "/history?from=2024-07-31&framework=opel");

        Assert.Equal(["from"], await without.AssertInvalidAsync());
        Assert.Equal(["to"], await reversed.AssertInvalidAsync());
        Assert.Equal(["framework"], await unknown.AssertInvalidAsync());
    }

    private static double Number(JsonElement item, string property) => item.GetProperty(property).GetDouble();
}
