using System.Text.Json;
using MetricsHub.Api.Boards;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Grafana;

/// <summary>Boards tell what the API's other answers tell, figure by figure.</summary>
public sealed class BoardTests(DashboardHub hub) : IClassFixture<DashboardHub>
{
    private const string Sim = "/api/v1/organisations/SIM";

    [Fact]
    public async Task Levels_OfTheSystem_AreThoseOfTheReading()
    {
        var reading = (await ItemsAsync($"{Sim}/escalation?framework=system-access", "readings")).Single();
        var row = (await ItemsAsync($"{Sim}/boards/levels?framework=system-access")).Single();

        Assert.Equal(reading.GetProperty("shown").GetProperty("text").GetString(), row.GetProperty("shownText").GetString());
        Assert.Equal($"{reading.GetProperty("level").GetInt32()}", row.GetProperty("calculated").GetString());
        Assert.Equal(Number(reading.GetProperty("bounds"), "lowest"), Number(row, "lowestLevel"));
        Assert.Equal(Number(reading.GetProperty("bounds"), "highest"), Number(row, "highestLevel"));
        Assert.Equal(Number(reading, "scorePercent"), Number(row, "scorePercent"));
        Assert.Equal(Number(reading, "observablePercent"), Number(row, "observablePercent"));
        Assert.Equal(reading.GetProperty("missing").GetArrayLength(), (int)Number(row, "missing")!);
        Assert.Equal(reading.GetProperty("slotEnd").GetString(), row.GetProperty("slotEnd").GetString());
        Assert.Equal(("3", "simulated", 480), (row.GetProperty("declared").GetString(), row.GetProperty("simulated").GetString(), (int)Number(row, "secondsToNext")!));
    }

    [Fact]
    public async Task ServiceDomains_OfTheSystem_AreThePillarsOfTheReading()
    {
        var pillars = (await ItemsAsync($"{Sim}/escalation?framework=system-access", "readings")).Single().GetProperty("pillars").EnumerateArray().ToList();
        var rows = await ItemsAsync($"{Sim}/boards/service-domains?framework=system-access");

        Assert.Equal(
            pillars.Select(pillar => (Text(pillar, "serviceDomain"), Number(pillar, "level") is { } level ? $"{level}" : "not calculated", Number(pillar, "availablePoints"), Number(pillar, "applicablePoints"))),
            rows.Select(row => (Text(row, "serviceDomain"), Text(row, "level"), Number(row, "availablePoints"), Number(row, "applicablePoints"))));
    }

    [Fact]
    public async Task Inputs_OfTheSystem_AreThoseThatScoredAndThoseThatAreMissing()
    {
        var reading = (await ItemsAsync($"{Sim}/escalation?framework=system-access", "readings")).Single();
        var rows = await ItemsAsync($"{Sim}/boards/inputs?framework=system-access");

        var scored = reading.GetProperty("contributions").EnumerateArray().OrderBy(input => Text(input, "indicator"), StringComparer.Ordinal);
        Assert.Equal(
            scored.Select(input => (Text(input, "indicator"), Number(input, "value"), Number(input, "points"), Number(input, "ageSeconds"))),
            rows.Where(row => Text(row, "state") == "present").OrderBy(row => Text(row, "indicator"), StringComparer.Ordinal)
                .Select(row => (Text(row, "indicator"), Number(row, "value"), Number(row, "points"), Number(row, "ageSeconds"))));
        Assert.Equal(reading.GetProperty("missing").GetArrayLength(), rows.Count(row => Text(row, "state") == "missing"));
        Assert.All(rows.Where(row => Text(row, "state") == "missing"), row => Assert.Null(Number(row, "points")));
    }

    /// <summary>The third click: from the row to the one observation that stands behind the level.</summary>
    [Fact]
    public async Task Figures_LinkOfARow_LeadsToThatOneObservation()
    {
        var rows = (await ItemsAsync($"{Sim}/boards/figures?framework=system-access&indicator=live-general-acute-occupancy")).Where(row => Text(row, "state") == "stated").ToList();

        Assert.Equal(6, rows.Count);
        foreach (var row in rows)
        {
            var observation = Assert.Single(await ItemsAsync(Text(row, "link")));
            Assert.Equal(
                (Number(row, "value"), Text(row, "metric"), Text(row, "organisation"), Text(row, "publication"), Number(row, "row")),
                (Number(observation, "value"), Text(observation, "metric"), Text(observation, "organisation"), Text(observation, "publication"), Number(observation, "row")));
        }
    }

    [Fact]
    public async Task History_OfADay_IsThatOfTheEscalationHistory()
    {
        const string Day = "framework=system-access&from=2026-11-22T12:00:00Z&to=2026-11-23T12:00:00Z";
        var items = (await ItemsAsync($"{Sim}/escalation/history?{Day}")).Skip(1).ToList();
        var rows = await ItemsAsync($"{Sim}/boards/history?{Day}");

        Assert.Equal(96, rows.Count);
        Assert.Equal(
            items.Select(item => (Text(item, "at"), Number(item, "level"), Number(item, "lowestLevel"), Number(item, "observablePercent"))),
            rows.Select(row => (Text(row, "at"), double.TryParse(Text(row, "calculated"), out var level) ? level : (double?)null, Number(row, "lowestLevel"), Number(row, "observablePercent"))));
        Assert.Equal("3", Text(rows[^1], "declared"));
        Assert.Equal("none", Text(rows[0], "declared"));
    }

    [Fact]
    public async Task Headroom_OfTheSystem_HasEveryPlaceAndWhatIsStatedNowhere()
    {
        var answer = JsonElement.Parse((await hub.GetAsync($"{Sim}/headroom?at=2026-11-23T12:07:00Z")).Body);
        var rows = await ItemsAsync($"{Sim}/boards/headroom?at=2026-11-23T12:07:00Z");

        Assert.Equal(
            answer.GetProperty("items").EnumerateArray().Select(item => (Text(item, "organisation"), Text(item, "status"), Number(item, "free"))),
            rows.Where(row => Text(row, "status") != "nowhere").Select(row => (Text(row, "organisation"), Text(row, "status"), Number(row, "free"))));
        Assert.Equal(answer.GetProperty("nowhere").GetArrayLength(), rows.Count(row => Text(row, "status") == "nowhere"));
    }

    [Fact]
    public async Task Sources_OfTheHub_StandAsInTheListAndAreCountedByState()
    {
        var sources = await ItemsAsync("/api/v1/sources");

        Assert.Equal(sources.Select(item => (Text(item, "key"), Text(item, "status"))), (await ItemsAsync("/api/v1/boards/sources")).Select(row => (Text(row, "source"), Text(row, "state"))));
        Assert.All(await ItemsAsync("/api/v1/boards/source-states"), row => Assert.Equal(sources.Count(item => Text(item, "status") == Text(row, "state")), (int)Number(row, "sources")!));
    }

    [Fact]
    public async Task Alarms_OfLevels_AreOfWhoeverIsJudgedEachQuarterOfAnHourAndHasFigures()
    {
        var levels = await ItemsAsync("/api/v1/boards/alarms/levels");

        Assert.Equal([("SIM", "system-access"), ("SIMA1", "opel-acute-2024-26")], levels.Select(row => (Text(row, "organisation"), Text(row, "framework"))).Order());
        Assert.Single(await ItemsAsync("/api/v1/boards/alarms/levels?organisation=SIMA1"));
        Assert.All(await ItemsAsync("/api/v1/boards/alarms/silence"), row => Assert.InRange(Number(row, "silentMinutes")!.Value, 0, 15));
        Assert.All(await ItemsAsync("/api/v1/boards/alarms/sources"), row => Assert.True(Number(row, "overdueMinutes") >= 0));
    }

    [Theory]
    [InlineData("levels", "No framework in force judges")]
    [InlineData("service-domains", "No framework in force judges")]
    [InlineData("inputs", "No framework in force judges")]
    [InlineData("figures", "No framework in force judges")]
    [InlineData("changes", "No framework in force judges")]
    [InlineData("movements", "No framework in force judges")]
    [InlineData("below", "No organisation lies directly below")]
    [InlineData("headroom", "Nobody at or below the organisation ever stated it.")]
    [InlineData("history?framework=system-access&from=2026-11-22", "does not judge")]
    [InlineData("events?framework=system-access&from=2026-11-22", "does not judge")]
    [InlineData("health?framework=system-access&from=2026-11-22", "does not judge")]
    [InlineData("series?metric=none&from=2026-11-22", "No metric is chosen")]
    [InlineData("series?metric=acute-beds-open-now&from=2026-11-22", "Nothing is stated")]
    public async Task Board_ThereIsNothingToTell_HasARowThatSaysWhy(string board, string why)
    {
        // A practice: nobody judges it, nothing lies below it.
        var rows = await ItemsAsync($"/api/v1/organisations/SIMP01/boards/{board}");

        Assert.Contains(rows, row => row.EnumerateObject().Any(property => property.Value.ValueKind == JsonValueKind.String && property.Value.GetString()!.Contains(why, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/api/v1/organisations/SIM/boards/levels")]
    [InlineData("/api/v1/organisations/SIM/boards/inputs")]
    [InlineData("/api/v1/organisations/SIM/boards/history", "?framework=system-access&from=2026-11-22")]
    [InlineData("/api/v1/organisations/SIM/boards/headroom")]
    [InlineData("/api/v1/boards/sources")]
    [InlineData("/api/v1/boards/alarms/levels")]
    public async Task AsCsv_RowsAndColumns_AreThoseOfTheJson(string board, string query = "")
    {
        var items = await ItemsAsync(board + query);

        var rows = CsvFiles.Read((await hub.GetAsync($"{board}.csv{query}")).Body);

        Assert.Equal(items.Count, rows.Count);
        Assert.All(items.Zip(rows), pair => Assert.Equal(
            pair.First.EnumerateObject().Select(property => (property.Name, Written(property.Value))),
            pair.Second.Select(cell => (cell.Key, cell.Value))));
    }

    [Theory]
    [InlineData("levels?framework=nosuch", "framework")]
    [InlineData("inputs?serviceDomain=nosuch", "serviceDomain")]
    [InlineData("inputs?indicator=nosuch", "indicator")]
    [InlineData("levels?at=yesterday", "at")]
    [InlineData("levels?when=now", "when")]
    [InlineData("history?framework=system-access", "from")]
    [InlineData("history?from=2026-11-22", "framework")]
    [InlineData("history?framework=system-access&from=2024-11-22&to=2026-11-22", "from")]
    [InlineData("health?framework=system-access&from=2026-11-22&of=weather", "of")]
    [InlineData("series?metric=nosuch&from=2026-11-22", "metric")]
    public async Task Question_ThatCannotBeAnswered_IsRefusedByParameter(string question, string parameter)
    {
        var (status, body) = await hub.GetAsync($"{Sim}/boards/{question}");

        Assert.Equal(400, status);
        Assert.Equal([parameter], JsonElement.Parse(body).GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Board_AskedOfLaterThanNow_TellsOfNow()
    {
        var later = JsonElement.Parse((await hub.GetAsync($"{Sim}/boards/levels?at=2027-01-01T00:00:00Z")).Body);

        Assert.Equal(DashboardHub.Now, later.GetProperty("at").GetDateTimeOffset());
    }

    /// <summary>A board that is described without an example, or whose example is not what it answers.</summary>
    [Fact]
    public void Examples_OfTheBoards_HaveThePropertiesThatAreDescribed()
    {
        var schema = AnswerSchema.Read();
        var described = JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json"))).GetProperty("paths").EnumerateObject()
            .Select(path => path.Name[1..])
            .Where(path => path.Contains("boards/", StringComparison.Ordinal) && !path.EndsWith(".csv", StringComparison.Ordinal));

        Assert.Equal(described.Order(StringComparer.Ordinal), BoardExamples.ByPath.Keys.Order(StringComparer.Ordinal));
        Assert.All(BoardExamples.ByPath, example => Assert.All(
            JsonElement.Parse(example.Value).GetProperty("items")[0].EnumerateObject(),
            property => Assert.Equal((property.Name, true), (property.Name, schema.IsNullable("/" + example.Key, "items", property.Name) is { } nullable && (nullable || property.Value.ValueKind != JsonValueKind.Null)))));
    }

    /// <summary>Dentists and pharmacies are practices too: nobody waits for them to state general practice's figures.</summary>
    [Fact]
    public async Task Figures_WhoNeverStatedAny_AreNotSilentButNeverStated()
    {
        var rows = await ItemsAsync($"{Sim}/boards/figures?framework=system-access&indicator=live-gp-same-day-taken");

        Assert.DoesNotContain(rows, row => Text(row, "state") == "silent");
        Assert.Equal(18, rows.Count(row => Text(row, "state") == "never stated"));
    }

    private static string Written(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Number => value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Text(JsonElement item, string property) => item.GetProperty(property).ToString();

    private static double? Number(JsonElement item, string property) => item.GetProperty(property) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private async Task<IReadOnlyList<JsonElement>> ItemsAsync(string address, string property = "items")
    {
        var (status, body) = await hub.GetAsync(address);
        Assert.True(status == 200, $"{address}: {body}");
        return [.. JsonElement.Parse(body).GetProperty(property).EnumerateArray()];
    }
}
