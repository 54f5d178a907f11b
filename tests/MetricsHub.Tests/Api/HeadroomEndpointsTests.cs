using System.Net;
using System.Text.Json;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>Capacity as published: a virtual ward of 100 places with 85 patients in June 2024.</summary>
public sealed class HeadroomEndpointsTests
{
    private const string Address = "/api/v1/organisations/QXU/headroom";

    [Fact]
    public async Task Headroom_PublishedFigures_IsCapacityLessUsedWithItsAge()
    {
        await using var host = await StartAsync();

        var answer = await host.GetJsonAsync($"{Address}?at=2024-07-15");

        var item = Assert.Single(answer.GetProperty("items").EnumerateArray());
        Assert.Equal(("QXU", "virtual-ward-places-monthly", "known"), (item.GetProperty("organisation").GetString(), item.GetProperty("measure").GetString(), item.GetProperty("status").GetString()));
        Assert.Equal((15, 100, 85), (Number(item, "free"), Number(item, "capacity"), Number(item, "used")));
        Assert.Equal(15 * 86_400, Number(item, "ageSeconds"));
        Assert.Equal(["nhs-england-virtual-ward"], item.GetProperty("sources").EnumerateArray().Select(source => source.GetString()));
        Assert.Contains("not an offer", answer.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Contains("acute-beds", answer.GetProperty("nowhere").Texts("measure"));
    }

    [Fact]
    public async Task Headroom_FiguresTooOld_AreNeverANumber()
    {
        await using var host = await StartAsync();

        var item = Assert.Single((await host.GetJsonAsync($"{Address}?serviceDomain=virtual-ward")).GetProperty("items").EnumerateArray());

        Assert.Equal(("stale", "late", "2024-06-30T23:00:00Z"), (item.GetProperty("status").GetString(), item.GetProperty("absence").GetString(), item.GetProperty("periodEnd").GetString()));
        Assert.All(new[] { "free", "capacity", "used" }, name => Assert.Equal(JsonValueKind.Null, item.GetProperty(name).ValueKind));
        Assert.Contains("hours old; at most 1080 are taken.", item.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    /// <summary>One of the two figures fell silent long before the other: what was last known of both is what is stale, and not unknown.</summary>
    [Fact]
    public async Task Headroom_FiguresThatFellSilentApart_IsStaleSinceBothWereThere()
    {
        await using var host = await StartAsync();
        host.Store.Add(Figures.Of("virtual-ward-patients", "QXU", LondonCalendar.Month(2025, 6), 90));

        var item = Assert.Single((await host.GetJsonAsync($"{Address}?serviceDomain=virtual-ward")).GetProperty("items").EnumerateArray());

        Assert.Equal(("stale", "2024-06-30T23:00:00Z"), (item.GetProperty("status").GetString(), item.GetProperty("periodEnd").GetString()));
    }

    [Fact]
    public async Task Headroom_FigureThatIsSuppressed_IsUnknownForThatReason()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(
            Figures.Of("virtual-ward-capacity", "QXU", Figures.June, 100),
            Figures.Absent("virtual-ward-patients", "QXU", Figures.June, AbsenceCode.Suppressed));

        var item = Assert.Single((await host.GetJsonAsync($"{Address}?at=2024-07-15")).GetProperty("items").EnumerateArray());

        Assert.Equal(("unknown", "suppressed", JsonValueKind.Null), (item.GetProperty("status").GetString(), item.GetProperty("absence").GetString(), item.GetProperty("free").ValueKind));
    }

    [Fact]
    public async Task Headroom_OfAnotherDomainOrSystem_HasNothing()
    {
        await using var host = await StartAsync();

        Assert.Empty((await host.GetJsonAsync($"{Address}?serviceDomain=gp&at=2024-07-15")).GetProperty("items").EnumerateArray());
        Assert.Empty((await host.GetJsonAsync("/api/v1/organisations/QUY/headroom?at=2024-07-15")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Headroom_NextQuarterOfAnHour_IsAnAnswerOfItsOwnAlthoughNothingWasRecorded()
    {
        await using var host = await StartAsync();
        using var first = await host.GetAsync(Address);
        var tag = first.Headers.ETag!.ToString();

        using var same = await host.GetAsync(Address, ("If-None-Match", tag));
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        using var next = await host.GetAsync(Address, ("If-None-Match", tag));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (same.StatusCode, next.StatusCode));
    }

    [Fact]
    public async Task Headroom_AsCsv_HasTheSameRow()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync($"{Address}.csv?at=2024-07-15");
        var row = Assert.Single(CsvFiles.Read(await response.TextAsync()));

        Assert.Equal(("QXU", "known", "15", ""), (row["organisation"], row["status"], row["free"], row["reason"]));
    }

    [Theory]
    [InlineData("serviceDomain=tea", "serviceDomain")]
    [InlineData("at=noon", "at")]
    [InlineData("at=2027-01-01", "at")]
    public async Task Headroom_WhatCannotBe_IsRefused(string query, string parameter)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync($"{Address}?{query}");

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    private static async Task<ApiHost> StartAsync()
    {
        var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        return host;
    }

    private static double Number(JsonElement item, string property) => item.GetProperty(property).GetDouble();
}
