using System.Text.Json;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>A stale figure is never shown as current, on no surface and not for a second.</summary>
public sealed class LatestEndpointTests
{
    private const string Live = "/api/v1/observations/latest?metric=" + LiveCatalogue.Metric;
    private const string Monthly = "/api/v1/observations/latest?metric=virtual-ward-patients";

    private static readonly Period Noon = Cadence.QuarterHour.PeriodHolding(ApiHost.Now);
    private static readonly DateTimeOffset StaleAt = Noon.End.AddMinutes(37.5);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public async Task Latest_LiveFigureAroundTwoAndAHalfIntervals_IsCurrentBeforeAndStaleAfter(int seconds, bool stale)
    {
        await using var host = await ApiHost.StartAsync(LiveCatalogue.Load());
        host.Store.Add(Figures.Of(LiveCatalogue.Metric, LiveCatalogue.OtherService, Noon, 7));
        host.Clock.SetUtcNow(StaleAt.AddSeconds(seconds));

        var item = Assert.Single((await host.GetJsonAsync(Live)).GetProperty("items").EnumerateArray());
        using var file = await host.GetAsync(Live.Replace("latest?", "latest.csv?", StringComparison.Ordinal));
        var row = Assert.Single(CsvFiles.Read(await file.TextAsync()));

        Assert.Equal(stale, item.GetProperty("stale").GetBoolean());
        Assert.Equal((37.5 * 60) + seconds, item.GetProperty("ageSeconds").GetDouble());
        Assert.Equal(stale ? "true" : "false", row["stale"]);
        Assert.Equal($"{(37.5 * 60) + seconds}", row["ageSeconds"]);

        // The quarter that ended thirty minutes after this one is due five minutes after its end; the one after it is not.
        Assert.Equal(stale ? "late" : "", row["missingAbsence"]);
        if (stale)
        {
            Assert.Equal(Noon.End.AddMinutes(15), item.GetProperty("missing").GetProperty("periodStart").GetDateTimeOffset());
            Assert.Equal("late", item.GetProperty("missing").GetProperty("absence").GetString());
        }
        else
        {
            Assert.Equal(JsonValueKind.Null, item.GetProperty("missing").ValueKind);
        }
    }

    [Fact]
    public async Task Latest_KeptAnswer_IsNotGivenBeyondTheInstantAtWhichItGrowsStale()
    {
        await using var host = await ApiHost.StartAsync(LiveCatalogue.Load());
        host.Store.Add(Figures.Of(LiveCatalogue.Metric, LiveCatalogue.OtherService, Noon, 7));
        host.Clock.SetUtcNow(StaleAt.AddSeconds(-4));

        using var before = await host.GetAsync(Live);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        using var after = await host.GetAsync(Live, ("If-None-Match", before.Headers.ETag!.ToString()));

        Assert.Equal(TimeSpan.FromSeconds(4), before.Headers.CacheControl!.MaxAge);
        Assert.Contains("\"stale\":false", await before.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"stale\":true", await after.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latest_OfAServiceClosedForTheNight_IsCurrentAndNothingOfItIsMissing()
    {
        await using var host = await ApiHost.StartAsync(LiveCatalogue.Load());
        var last = Cadence.QuarterHour.PeriodHolding(new DateTimeOffset(2026, 1, 15, 19, 45, 0, TimeSpan.Zero));
        host.Store.Add(
            Figures.Of(LiveCatalogue.Metric, LiveCatalogue.DayService, last, 3),
            Figures.Of(LiveCatalogue.Metric, LiveCatalogue.OtherService, last, 7));
        host.Clock.SetUtcNow(last.End.AddHours(8));

        var items = (await host.GetJsonAsync(Live)).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("organisation").GetString()!);

        Assert.False(items[LiveCatalogue.DayService].GetProperty("stale").GetBoolean());
        Assert.True(items[LiveCatalogue.OtherService].GetProperty("stale").GetBoolean());
    }

    [Fact]
    public async Task Latest_OfASourceThatCannotBeRead_SaysThatTheSourceIsDown()
    {
        await using var host = await ApiHost.StartAsync(LiveCatalogue.Load());
        host.Store.Add(Figures.Of(LiveCatalogue.Metric, LiveCatalogue.OtherService, Noon, 7));
        host.Ledger.Standings[new SourceKey(LiveCatalogue.Source)] = new SourceStanding(Noon.End, IsUnreachable: true);
        host.Clock.SetUtcNow(StaleAt.AddHours(1));

        var item = Assert.Single((await host.GetJsonAsync(Live)).GetProperty("items").EnumerateArray());

        Assert.Equal("source-down", item.GetProperty("missing").GetProperty("absence").GetString());
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task Latest_MonthlyFigureAroundTheNextMonthsDueDate_IsCurrentBeforeAndStaleAfter(int seconds, bool stale)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Of("virtual-ward-patients", "QUY", LondonCalendar.Month(2025, 11), 80));
        host.Clock.SetUtcNow(LondonCalendar.Month(2025, 12).End.AddDays(21).AddSeconds(seconds));

        var item = Assert.Single((await host.GetJsonAsync(Monthly)).GetProperty("items").EnumerateArray());

        Assert.Equal(stale, item.GetProperty("stale").GetBoolean());
    }

    [Fact]
    public async Task Latest_OfABoardThatIsNoMore_GrowsStaleAndMissesNothing()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.Of("virtual-ward-patients", "QXU", LondonCalendar.Month(2026, 3), 80));
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

        var item = Assert.Single((await host.GetJsonAsync(Monthly)).GetProperty("items").EnumerateArray());

        Assert.True(item.GetProperty("stale").GetBoolean());
        Assert.Equal(JsonValueKind.Null, item.GetProperty("missing").ValueKind);
    }
}
