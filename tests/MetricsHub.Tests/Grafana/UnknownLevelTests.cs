using MetricsHub.Domain.Time;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Grafana;

/// <summary>A level that nobody knows any more: no board shows the last one in its place.</summary>
public sealed class UnknownLevelTests
{
    private const string Boards = "/api/v1/organisations/QXU/boards";

    /// <summary>Level 3 in June 2024; nothing is known from July on, and one month is held.</summary>
    [Theory]
    [InlineData("2024-06-30", "3", "3")]
    [InlineData("2025-06-30", "unknown", "not calculated")]
    public async Task Levels_NothingStatedForLong_AreUnknownInsteadOfTheLastOne(string at, string shown, string calculated)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var row = (await host.GetJsonAsync($"{Boards}/levels?framework=access-published-monthly&at={at}")).GetProperty("items")[0];

        Assert.Equal((shown, calculated), (row.GetProperty("shown").GetString(), row.GetProperty("calculated").GetString()));
        Assert.Equal(shown == "unknown", row.GetProperty("shownText").GetString()!.StartsWith("unknown, last known 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_LevelIsLost_GoesFromLevelToUnknownAndSaysWhy()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var rows = (await host.GetJsonAsync($"{Boards}/history?framework=access-published-monthly&from=2024-06-01&to=2025-05-31")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal("3", rows[0].GetProperty("shown").GetString());
        Assert.Equal("unknown", rows[^1].GetProperty("shown").GetString());
        Assert.All(rows.Skip(1), row => Assert.Equal("not calculated", row.GetProperty("calculated").GetString()));
        Assert.All(rows.Skip(1), row => Assert.NotEqual("none", row.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task ServiceDomains_NothingKnown_AreNotCalculatedAndScoreNothing()
    {
        await using var host = await ApiHost.StartAsync();

        var rows = (await host.GetJsonAsync($"{Boards}/service-domains?framework=access-published-monthly")).GetProperty("items").EnumerateArray().ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal("not calculated", row.GetProperty("level").GetString()));
        Assert.All(rows, row => Assert.Equal(System.Text.Json.JsonValueKind.Null, row.GetProperty("points").ValueKind));
    }

    [Fact]
    public async Task Movements_LevelIsLost_NameWhatWentMissing()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        host.Store.Add(Figures.OfSurrey(LondonCalendar.Month(2024, 7)).Select(statement =>
            statement.Series.Metric.ToString() == "virtual-ward-patients" ? statement with { Figure = MetricsHub.Domain.Observations.Figure.Of(99) } : statement));

        var rows = (await host.GetJsonAsync($"{Boards}/movements?framework=access-published-monthly&at=2024-06-30")).GetProperty("items").EnumerateArray().ToList();

        Assert.All(rows, row => Assert.Contains(row.GetProperty("kind").GetString(), new[] { "came back", "moved" }));
        Assert.All(rows, row => Assert.Equal(System.Text.Json.JsonValueKind.Null, row.GetProperty("pointsBefore").ValueKind));
    }
}
