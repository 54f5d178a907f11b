using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class SourceEndpointsTests
{
    private const string Address = "/api/v1/sources/nhs-england-virtual-ward";

    private static readonly SourceKey Source = new("nhs-england-virtual-ward");

    [Fact]
    public async Task Source_NeverRun_SaysSoAndHasItsDefinition()
    {
        await using var host = await ApiHost.StartAsync();

        var listed = (await host.GetJsonAsync("/api/v1/sources")).GetProperty("items");
        var one = await host.GetJsonAsync(Address);

        Assert.Equal(ApiHost.Catalogue.Sources.Keys.Select(key => key.ToString()).Order(StringComparer.Ordinal), listed.Texts("key"));
        Assert.True(one.GetProperty("formatProven").GetBoolean());
        Assert.False((await host.GetJsonAsync("/api/v1/sources/nhs-england-kh03-quarterly")).GetProperty("formatProven").GetBoolean());
        Assert.Equal("never-run", one.GetProperty("status").GetString());
        Assert.Equal(("NHS England", "Europe/London", false), (one.GetProperty("publisher").GetString(), one.GetProperty("timeZone").GetString(), one.GetProperty("simulated").GetBoolean()));
    }

    [Fact]
    public async Task Source_WhoseFormatRestsOnDocumentation_SaysSo()
    {
        await using var host = await ApiHost.StartAsync();

        var documented = await host.GetJsonAsync("/api/v1/sources/nhs-england-gp-appointments-daily");
        var derived = await host.GetJsonAsync("/api/v1/sources/nhs-england-gp-appointments-monthly");
        var proven = await host.GetJsonAsync(Address);

        Assert.Equal(
            (false, true, true),
            (documented.GetProperty("formatProven").GetBoolean(), derived.GetProperty("formatProven").GetBoolean(), proven.GetProperty("formatProven").GetBoolean()));
        Assert.StartsWith("The layout of the daily counts is taken from documentation", documented.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("A derived file", derived.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, proven.GetProperty("note").ValueKind);
    }

    [Theory]
    [InlineData(RunOutcome.Succeeded, 2025, 12, "fresh")] // January's figures are due on 22 February.
    [InlineData(RunOutcome.Succeeded, 2025, 11, "fresh")] // December's are due on 22 January.
    [InlineData(RunOutcome.Succeeded, 2025, 10, "overdue")] // November's were due on 22 December.
    [InlineData(RunOutcome.Partial, 2025, 12, "failing")] // A location was down, or a file was refused: not fresh.
    [InlineData(RunOutcome.Running, 2025, 10, "overdue")]
    [InlineData(RunOutcome.Failed, 2025, 12, "failing")]
    [InlineData(RunOutcome.Interrupted, 2025, 12, "failing")]
    internal async Task Source_LastRunAndNewestPeriod_MakeItsStatus(RunOutcome outcome, int year, int month, string status)
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Runs.Add(RunWith(outcome));
        host.Store.Add(Figures.Of("virtual-ward-patients", "QXU", LondonCalendar.Month(year, month), 1));

        var source = await host.GetJsonAsync(Address);

        Assert.Equal(status, source.GetProperty("status").GetString());
        var end = LondonCalendar.Month(year, month).End;
        Assert.Equal(end, source.GetProperty("newestPeriodEnd").GetDateTimeOffset());
        Assert.Equal((ApiHost.Now - end).TotalSeconds, source.GetProperty("ageSeconds").GetDouble());
    }

    [Fact]
    public async Task Source_RunsWithoutAnyFigure_IsOverdue()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Runs.Add(RunWith(RunOutcome.Succeeded));

        var source = await host.GetJsonAsync(Address);

        Assert.Equal("overdue", source.GetProperty("status").GetString());
        Assert.Equal("succeeded", source.GetProperty("lastRun").GetProperty("outcome").GetString());
        Assert.Equal(3, source.GetProperty("lastRun").GetProperty("offered").GetInt32());
    }

    /// <summary>The last day of winter is there, and no figure of summer is expected.</summary>
    [Theory]
    [InlineData(2026, 3, 31, "fresh")]
    [InlineData(2026, 3, 30, "overdue")]
    public async Task WinterSource_InSummer_IsOverdueOnlyWhereWinterLacks(int year, int month, int day, string status)
    {
        await using var host = await ApiHost.StartAsync();
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        foreach (var key in new[] { "nhs-england-uec-daily-sitrep", "nhs-england-111-daily", "nhs-england-ambulance-handover" }.Select(text => new SourceKey(text)))
        {
            host.Ledger.Runs.Add(RunWith(RunOutcome.Succeeded) with { Source = key });
            host.Store.Add(Figures.Of(ApiHost.Catalogue.MetricsOf(key).First().Key.ToString(), "RTP", LondonCalendar.Day(new DateOnly(year, month, day)), 1));

            var source = await host.GetJsonAsync($"/api/v1/sources/{key}");

            Assert.Equal((status, "winter-season"), (source.GetProperty("status").GetString(), source.GetProperty("calendar").GetString()));
            Assert.Equal(
                status == "fresh" ? LondonCalendar.Day(new DateOnly(2026, 11, 24)).End.AddDays(11) : LondonCalendar.Day(new DateOnly(2026, 3, 31)).End.AddDays(11),
                source.GetProperty("nextDueAt").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task ReferenceSource_ReadAndReadAgainSinceTheStart_IsFreshAndSaysThatARestartTakesItUp()
    {
        await using var host = await ApiHost.StartAsync();
        var key = new SourceKey("ods-organisations");
        host.Ledger.Runs.Add(RunWith(RunOutcome.Succeeded) with { Source = key });

        var before = await host.GetJsonAsync($"/api/v1/sources/{key}");
        host.Ledger.ReferenceArrivals[key] = 4;
        host.Ledger.Version++;
        var after = await host.GetJsonAsync($"/api/v1/sources/{key}");

        Assert.Equal("fresh", before.GetProperty("status").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.GetProperty("dueDaysAfterPeriodEnd").ValueKind);
        Assert.DoesNotContain("since the hub was started", before.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("the next start takes that up.", after.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    private static SourceRuns RunWith(RunOutcome outcome) =>
        new(Source, new Run(1, Source, Figures.RecordedAt, Figures.RecordedAt.AddSeconds(4), outcome, 3, 2, 1, null), null);
}
