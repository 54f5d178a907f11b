using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>Every reason for a missing number, from the real store to JSON and CSV.</summary>
public sealed class AbsenceCodesTests
{
    [Fact]
    public async Task EveryCode_StatedAndStored_ComesOutOfTheApiAsItsWordAndNeverAsANumber()
    {
        await using var hub = TestHub.Empty();
        var codes = Enum.GetValues<AbsenceCode>();
        var statements = codes.Select((code, index) => new Statement(
            Figures.Of("virtual-ward-patients", "QXU", Figures.June, 0).Series, LondonCalendar.Month(2024, 1 + index), Figure.Absent(code), index + 1));
        await hub.Store.AppendAsync(
            new Release(Figures.Publication, TestHub.VirtualWard, new Reading(1, 0), new ReleaseOrder(null, 0, 1)), [.. statements], TestContext.Current.CancellationToken);
        await using var host = await ApiHost.StartAsync(stored: hub.Store);

        var items = (await host.GetJsonAsync("/api/v1/observations")).GetProperty("items");
        using var file = await host.GetAsync("/api/v1/observations.csv");
        var rows = CsvFiles.Read(await file.TextAsync());

        string[] words = ["not-due", "late", "source-down", "rejected", "suppressed", "not-applicable", "withdrawn"];
        Assert.Equal(words, items.Texts("absence"));
        Assert.All(items.EnumerateArray(), item => Assert.Equal(System.Text.Json.JsonValueKind.Null, item.GetProperty("value").ValueKind));
        Assert.Equal(words, rows.Select(row => row["absence"]));
        Assert.All(rows, row => Assert.Equal("", row["value"]));
    }
}
