using System.Text.Json;
using MetricsHub.Simulator.Bulk;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>What is served beside the feeds: capacity status, FHIR, and the bulk sources.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task CapacityStatus_OverAWinter_IsSetForFourHoursAndGreenAgainAfterThat()
    {
        await using var simulator = await SimulatorHost.StartAsync(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var words = new HashSet<string>();
        for (var step = 0; step < 150; step++)
        {
            var status = await simulator.JsonAsync("/dos/api/v1.0/services/990002/capacitystatus/");
            var word = status.GetProperty("status").GetString()!;
            words.Add(word);
            Assert.Equal(("990002", "Eastbridge UTC (simulated)"), (status.GetProperty("id").GetString(), status.GetProperty("name").GetString()));
            if (status.TryGetProperty("resetDateTime", out var resets))
            {
                Assert.Equal(["id", "name", "status", "resetDateTime", "notes", "modifiedBy", "modifiedDate"], status.EnumerateObject().Select(member => member.Name));
                Assert.Equal(TimeSpan.FromHours(4), resets.GetDateTimeOffset() - status.GetProperty("modifiedDate").GetDateTimeOffset());
                Assert.Equal(word == "GREEN", resets.GetDateTimeOffset() <= simulator.Clock.GetUtcNow());
            }
            else
            {
                Assert.Equal("GREEN", word);
                Assert.Equal(["id", "name", "status"], status.EnumerateObject().Select(member => member.Name));
            }

            simulator.Clock.Advance(TimeSpan.FromHours(7));
        }

        Assert.Equal(["AMBER", "GREEN", "RED"], words.Order());
    }

    [Fact]
    public async Task MeasureReport_Latest_HasTheBedsOfTheFeed()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var report = await simulator.JsonAsync("/fhir/MeasureReport/latest");
        var beds = (await simulator.RowsAsync("/feeds/acute-beds.csv")).Last(row => row.StartsWith("SIMH1", StringComparison.Ordinal)).Split(',');

        Assert.Equal(("MeasureReport", "complete", "summary"), (Text(report, "resourceType"), Text(report, "status"), Text(report, "type")));
        Assert.Equal("SIMH1", Text(report.GetProperty("subject").GetProperty("identifier"), "value"));
        Assert.Equal("2026-01-15T12:00:00Z", Text(report.GetProperty("period"), "end"));
        var group = Assert.Single(report.GetProperty("group").EnumerateArray());
        Assert.Equal("Beds", Text(group.GetProperty("code").GetProperty("coding")[0], "code"));
        var populations = group.GetProperty("population").EnumerateArray()
            .ToDictionary(population => Text(population.GetProperty("code").GetProperty("coding")[0], "code"));
        Assert.Equal(int.Parse(beds[2], System.Globalization.CultureInfo.InvariantCulture), populations["numBeds"].GetProperty("count").GetInt32());
        Assert.Equal(int.Parse(beds[3], System.Globalization.CultureInfo.InvariantCulture), populations["numBedsOcc"].GetProperty("count").GetInt32());
        Assert.Equal(
            populations["numBeds"].GetProperty("count").GetInt32() + populations["numICUBeds"].GetProperty("count").GetInt32(),
            populations["numTotBeds"].GetProperty("count").GetInt32());
        Assert.False(populations["numVent"].TryGetProperty("count", out _));
        Assert.Equal("not-applicable", Text(populations["numVent"].GetProperty("_count").GetProperty("extension")[0], "valueCode"));
    }

    [Fact]
    public async Task Bulk_AWeekOfOneSource_IsTwentyNumbersAQuarterHour()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        var rows = await simulator.RowsAsync("/bulk/500.csv?since=2026-01-08T12:00:00Z");

        Assert.Equal(7 * 96, rows.Length);
        Assert.All(rows, row => Assert.Matches("^SIMZ500,2026-01-[01][0-9]T[0-9]{2}:(00|15|30|45):00Z(,[0-9]{1,4}){20}$", row));
        Assert.StartsWith("SIMZ500,2026-01-08T12:15:00Z,", rows[0], StringComparison.Ordinal);
        Assert.Equal(rows, await simulator.RowsAsync("/bulk/500.csv?since=2026-01-08T12:14:59Z"));
    }

    [Theory]
    [InlineData("bulk-1", 1)]
    [InlineData("bulk-500", 500)]
    [InlineData("bulk-0", null)]
    [InlineData("bulk-01", null)]
    [InlineData("bulk-501", null)]
    [InlineData("bulk-", null)]
    [InlineData("wards", null)]
    [InlineData(null, null)]
    public void BulkSource_OfAName_IsItsNumber(string? name, int? number) => Assert.Equal(number, BulkSource.NumberOf(name));

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
