using System.Text.Json;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>
/// Drift, events and health of a system that is at level 3 in June 2024 and at 2 in July, and of which nothing is known in August. It is
/// declared to be at 4 from 10 July to 10 August.
/// </summary>
public sealed class LevelEndpointsTests
{
    private const string Address = "/api/v1/organisations/QXU/escalation";
    private const string Question = "?framework=access-published-monthly&from=2024-05-01&to=2024-08-31";

    private static readonly Declaration Declared = new(
        7, new OrganisationCode("QXU"), null, 4, "Made up", "somebody", new DateTimeOffset(2024, 7, 10, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 8, 10, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Events_LevelFallsAndIsLost_TellsWhichInputsMovedAndHowLongTheLevelLasted()
    {
        await using var host = await StartAsync();

        var items = (await host.GetJsonAsync($"{Address}/events{Question}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            [
                "2024-06-30T23:00:00Z calculated first -3", "2024-06-30T23:00:00Z shown first -3", "2024-07-10T00:00:00Z declared begun -4",
                "2024-07-31T23:00:00Z calculated fall 3-2", "2024-08-10T00:00:00Z declared expired 4-", "2024-08-31T23:00:00Z calculated became-unknown 2-",
            ],
            items.Where(item => item.GetProperty("kind").GetString() != "fall" || item.GetProperty("track").GetString() == "calculated").Select(Told));
        var fall = items.Single(item => Told(item).EndsWith("calculated fall 3-2", StringComparison.Ordinal));
        Assert.Equal((31 * 86_400, "2024-06-30T23:00:00Z"), (fall.GetProperty("lastedSeconds").GetInt64(), fall.GetProperty("comparedWith").GetString()));
        var cause = Assert.Single(fall.GetProperty("causes").EnumerateArray());
        Assert.Equal(
            ("virtual-ward-occupancy", "moved", 0.85, 0.7, 1, 0),
            (cause.GetProperty("indicator").GetString(), cause.GetProperty("kind").GetString(), Number(cause, "valueBefore"), Number(cause, "valueAfter"), Number(cause, "pointsBefore"), Number(cause, "pointsAfter")));
        Assert.False(fall.GetProperty("bounds").GetProperty("certain").GetBoolean());
        Assert.Equal(("somebody", "Made up"), (items[2].GetProperty("declaration").GetProperty("actor").GetString(), items[2].GetProperty("declaration").GetProperty("reason").GetString()));
        var lost = items[^1].GetProperty("causes").EnumerateArray().ToList();
        Assert.Equal(3, lost.Count);
        Assert.All(lost, input => Assert.Equal(("became-missing", "late", JsonValueKind.Null), (
            input.GetProperty("kind").GetString(), input.GetProperty("absence").GetString(), input.GetProperty("pointsAfter").ValueKind)));
    }

    [Fact]
    public async Task Events_AsOfBeforeTheFigures_KnowsNone()
    {
        await using var host = await StartAsync();

        Assert.Empty((await host.GetJsonAsync($"{Address}/events?framework=access-published-monthly&from=2024-05-01&asOf=2024-07-09T00:00:00Z")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Drift_DeclaredAboveWhatWasShown_IsToldWithItsSpells()
    {
        await using var host = await StartAsync();

        var answer = await host.GetJsonAsync($"{Address}/drift{Question}");

        Assert.Equal(31 * 86_400, Number(answer, "declaredSeconds"));
        Assert.Equal((0, 100, 0, 0), (Number(answer, "samePercent"), Number(answer, "abovePercent"), Number(answer, "belowPercent"), Number(answer, "notCalculatedPercent")));
        Assert.Equal(0, Number(answer, "agreementPercent"));
        var spells = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(("2024-07-10T00:00:00Z", "2024-08-10T00:00:00Z"), (spells[0].GetProperty("start").GetString(), spells[^1].GetProperty("end").GetString()));
        Assert.Equal((4, 3, "above", "Made up"), (Number(spells[0], "declaredLevel"), Number(spells[0], "shownLevel"), spells[0].GetProperty("relation").GetString(), spells[0].GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Drift_NothingDeclared_HasNoSharesRatherThanZeroes()
    {
        await using var host = await StartAsync();
        host.Ledger.Declarations.Clear();

        var answer = await host.GetJsonAsync($"{Address}/drift{Question}");

        Assert.Equal(0, Number(answer, "declaredSeconds"));
        Assert.All(new[] { "samePercent", "notCalculatedPercent", "agreementPercent" }, name => Assert.Equal(JsonValueKind.Null, answer.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task Health_FourMonths_SharesAddUpAndWhatIsMissingIsSaid()
    {
        await using var host = await StartAsync();

        var answer = await host.GetJsonAsync($"{Address}/health{Question}");

        Assert.Equal("local-placeholder", answer.GetProperty("rules").GetProperty("standingProvenance").GetString());
        var health = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(4, Number(health, "readings"));
        Assert.Equal(123 * 86_400, Number(health, "seconds"));
        Assert.Equal(Number(health, "seconds"), Sum(health.GetProperty("calculated")));
        Assert.Equal(Number(health, "seconds"), Sum(health.GetProperty("shown")));
        Assert.All(health.GetProperty("indicators").EnumerateArray(), input => Assert.Equal(Number(health, "seconds"), Sum(input.GetProperty("bands"))));
        Assert.Equal(62 * 86_400, Number(health.GetProperty("calculated").EnumerateArray().Single(share => share.GetProperty("name").GetString() == "not-calculated"), "seconds"));
        Assert.Equal(JsonValueKind.Null, health.GetProperty("calculatedChatter").GetProperty("flapScore").ValueKind);
        Assert.Empty(health.GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task Health_TwoYearsMostlyMissing_FindsWhatStandsStill()
    {
        await using var host = await StartAsync();

        var health = (await host.GetJsonAsync($"{Address}/health?framework=access-published-monthly&from=2023-01-01&to=2024-12-31")).GetProperty("items")[0];

        var findings = health.GetProperty("findings").EnumerateArray().ToList();
        Assert.Contains("The level could not be calculated on 91 % of 731 days: it says little of them.", findings.Select(finding => finding.GetProperty("text").GetString()));
        Assert.Contains(findings, finding => finding.GetProperty("kind").GetString() == "missing" && finding.GetProperty("indicator").GetString() == "utc-4-hour-performance");
    }

    [Theory]
    [InlineData("drift")]
    [InlineData("events")]
    [InlineData("health")]
    public async Task AsCsv_Rows_AreThoseOfTheJson(string report)
    {
        await using var host = await StartAsync();
        var count = (await host.GetJsonAsync($"{Address}/{report}{Question}")).GetProperty("items").GetArrayLength();

        using var response = await host.GetAsync($"{Address}/{report}.csv{Question}");
        var rows = CsvFiles.Read(await response.TextAsync());

        Assert.True(report == "health" ? rows.Count > 20 : rows.Count == count);
        Assert.All(rows, row => Assert.Equal(("QXU", "access-published-monthly"), (row["organisation"], row["framework"])));
        if (report == "events")
        {
            Assert.Contains("virtual-ward-occupancy 1 to 0 of 3 points", rows.Select(row => row["causes"]));
        }
    }

    [Theory]
    [InlineData("events?framework=access-published-monthly&from=2026-02-01", "from")]
    [InlineData("drift?framework=access-published-monthly&from=2024-07-01&to=2024-06-01", "from")]
    [InlineData("health", "framework")]
    [InlineData("health?framework=opel-acute-2024-26", "framework")]
    [InlineData("health?framework=nosuch", "framework")]
    [InlineData("events?framework=system-access&from=2020-01-01", "from")]
    [InlineData("events?to=yesterday", "to")]
    public async Task Questions_ThatCannotBeAnswered_AreRefusedByParameter(string question, string parameter)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync($"{Address}/{question}");

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync();
        var july = LondonCalendar.Month(2024, 7);
        host.Store.Add(Figures.OfSurrey(Figures.June));
        host.Store.Add(Figures.OfSurrey(july).Select(statement => statement.Series.Metric.ToString() == "virtual-ward-patients" ? statement with { Figure = Figure.Of(70) } : statement));
        host.Ledger.Declarations.Add(Declared);
        return host;
    }

    private static string Told(JsonElement item) => $"{item.GetProperty("at")} {item.GetProperty("track")} {item.GetProperty("kind")} {item.GetProperty("from")}-{item.GetProperty("to")}";

    private static double Sum(JsonElement shares) => shares.EnumerateArray().Sum(share => Number(share, "seconds"));

    private static double Number(JsonElement item, string property) => item.GetProperty(property).GetDouble();
}
