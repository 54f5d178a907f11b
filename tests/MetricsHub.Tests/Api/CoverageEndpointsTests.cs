using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class CoverageEndpointsTests
{
    [Fact]
    public async Task Coverage_FigureOfATrust_CoversItsSystemInThatMonthOnly()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Of("ed-type-1-attendances", "RA7", LondonCalendar.Month(2025, 11), 9000));

        var months = (await host.GetJsonAsync("/api/v1/coverage?from=2025-10-01&to=2025-12-31")).GetProperty("months");

        Assert.Equal(["2025-10", "2025-11", "2025-12"], months.Texts("month"));
        Assert.Equal([0, 1, 0], months.EnumerateArray().Select(month => Covered(month, "ed")));
        Assert.All(months.EnumerateArray(), month => Assert.Equal(42, month.GetProperty("systems").GetInt32()));
        Assert.All(months.EnumerateArray(), month => Assert.Equal(0, Covered(month, "utc")));
    }

    [Fact]
    public async Task Coverage_AbsenceOnly_CoversNothing()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Absent("ed-type-1-attendances", "RA7", LondonCalendar.Month(2025, 11), AbsenceCode.Suppressed));

        var month = (await host.GetJsonAsync("/api/v1/coverage?from=2025-11-01&to=2025-11-01")).GetProperty("months")[0];

        Assert.Equal(0, Covered(month, "ed"));
    }

    [Fact]
    public async Task Coverage_QuarterlyFigure_CoversItsThreeMonths()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Of("overnight-beds-available", "RA7", LondonCalendar.Quarter(2025, 4), 900));

        var months = (await host.GetJsonAsync("/api/v1/coverage?from=2025-11-01&to=2026-01-01")).GetProperty("months");

        Assert.Equal([1, 1, 0], months.EnumerateArray().Select(month => Covered(month, "acute-beds")));
    }

    [Fact]
    public async Task Coverage_SharedContract_CoversEverySystemItServes()
    {
        await using var host = await ApiHost.StartAsync();
        var served = ApiHost.Catalogue.SharedServices.Relations
            .Where(relation => relation.ServiceDomain == "nhs-111" && relation.Valid.Contains(new DateOnly(2025, 12, 31)))
            .GroupBy(relation => relation.Provider)
            .MaxBy(group => group.Count())!;
        host.Store.Add(Figures.Of("nhs-111-calls-received", served.Key.ToString(), LondonCalendar.Day(new DateOnly(2025, 12, 20)), 700));

        var month = (await host.GetJsonAsync("/api/v1/coverage?from=2025-12-01&to=2025-12-01")).GetProperty("months")[0];

        Assert.True(served.Count() > 1);
        Assert.Equal(served.Count(), Covered(month, "nhs-111"));
    }

    [Theory]
    [InlineData("from=2026-01-01&to=2025-12-31")]
    [InlineData("from=1990-01-01&to=2025-12-31")]
    [InlineData("from=January")]
    public async Task Coverage_MonthsThatCannotBe_AreRefused(string query)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync($"/api/v1/coverage?{query}");

        Assert.NotEmpty(await response.AssertInvalidAsync());
    }

    private static int Covered(System.Text.Json.JsonElement month, string domain) =>
        month.GetProperty("domains").EnumerateArray().Single(entry => entry.GetProperty("serviceDomain").GetString() == domain).GetProperty("covered").GetInt32();
}
