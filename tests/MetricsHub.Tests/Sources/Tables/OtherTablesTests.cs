using MetricsHub.Sources;
using MetricsHub.Sources.Tables;
using Xunit;

namespace MetricsHub.Tests.Sources.Tables;

/// <summary>Tables that are not comma-separated text: JSON and XLSX.</summary>
public sealed class OtherTablesTests
{
    private static readonly TableDefinition Json = TableFiles.Waits with
    {
        Format = TableFormat.Json,
        Rows = "/data/sites",
        Time = new TableTime("at", [], null, AmbiguousTime.Refuse),
        Figures = [TableFiles.Waiting with { Field = "/waits/now" }, TableFiles.LongestWait with { Field = "/waits/longest/0" }],
    };

    private static readonly TableDefinition Xlsx = TableFiles.Waits with { Format = TableFormat.Xlsx, Sheet = "Waits" };

    [Fact]
    public void Parse_Json_ReadsFieldsByNameAndByPointer()
    {
        var parsed = Json.Read("""
            {"data": {"sites": [
              {"site": "SIMU1", "at": "2026-11-22T10:15:00Z", "waits": {"now": 14, "longest": [1.5, 1.2]}, "note": {"x": 1}},
              {"site": "SIMU2", "at": "2026-11-22T10:15:00Z", "waits": {"now": "closed", "longest": ["-"]}},
              {"site": "SIMU3", "at": "2026-11-22T10:15:00Z", "waits": {"now": null}},
              {"site": "SIMU4", "at": "2026-11-22T10:15:00Z", "waits": {"now": true, "longest": [0]}},
              "SIMU5"
            ]}}
            """);

        Assert.Equal(
            [
                "utc-waiting@SIMU1 2026-11-22T10:15:00Z 14",
                "utc-longest-wait@SIMU1 2026-11-22T10:15:00Z 90",
                "utc-waiting@SIMU2 2026-11-22T10:15:00Z not-due",
                "utc-longest-wait@SIMU2 2026-11-22T10:15:00Z not-applicable",
                "utc-waiting@SIMU3 2026-11-22T10:15:00Z rejected",
                "utc-longest-wait@SIMU3 2026-11-22T10:15:00Z rejected",
                "utc-waiting@SIMU4 2026-11-22T10:15:00Z rejected",
                "utc-longest-wait@SIMU4 2026-11-22T10:15:00Z 0",
            ],
            parsed.Lines());
        Assert.Equal(
            [
                "3 /waits/now: nothing stands here, and the mapping does not say what that means",
                "3 /waits/longest/0: nothing stands here, and the mapping does not say what that means",
                "4 /waits/now: not a number",
                "5: row 5 is no object",
            ],
            parsed.Refusals());
        Assert.True(parsed.Tally.Balances);
    }

    [Fact]
    public void Parse_JsonThatIsTheArrayItself_NeedsNoPointer()
    {
        var definition = Json with { Rows = "", Figures = [TableFiles.Waiting with { Field = "a/b" }] };

        Assert.Equal(["utc-waiting@SIMU1 2026-11-22T10:15:00Z 3"], definition.Read("""[{"site":"SIMU1","at":"2026-11-22T10:15:00Z","a/b":3}]""").Lines());
        Assert.Empty(definition.Read("[]").Statements);
    }

    [Theory]
    [InlineData("""{"data": {"sites": [{"site": "SIMU1", "at": "2026-11-22T10:15:00Z", "waits": {"now": 14}}]}}""", "Expected the field '/waits/longest/0'; found it in none of the rows.")]
    [InlineData("""{"data": {}}""", "Expected an array of rows at '/data/sites'; found nothing there.")]
    [InlineData("""{"data": {"sites": {"a": 1}}}""", "found what is no array (Object).")]
    [InlineData("""{"data": {"sites": [{"site": "SIMU1",""", "text that is damaged or cut off")]
    [InlineData("""{"data": {"sites": [{"site": "SIMU1", "site": "SIMU2"}]}}""", "text that is damaged or cut off")]
    [InlineData("<html>Sign in</html>", "a page of HTML or XML")]
    [InlineData(" \n", "an empty file")]
    public void Parse_JsonThatIsNotTheTable_IsRefusedWithWhatWasFound(string text, string found) =>
        Assert.Contains(found, Assert.Throws<PublicationFormatException>(() => Json.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_JsonInUtf16_IsRefusedByName() =>
        Assert.Contains(
            "UTF-16 text",
            Assert.Throws<PublicationFormatException>(() => Json.Read([0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_Xlsx_FindsSheetAndHeaderRowAndReadsTimesThatAreCells()
    {
        var bytes = new WorkbookFile()
            .Sheet("Notes").Row(1, "A", "Site", "Nothing here")
            .Sheet("Waits ")
            .Row(1, "A", "Waits at our centres")
            .Row(3, "B", "Site", "As at", "Waiting", "Longest wait (hours)", "Comment")
            .Row(4, "B", "SIMU1", new DateTime(2026, 7, 22, 10, 15, 0), 14, 1.5, "busy")
            .Row(5, "B", "SIMU1", new DateOnly(2026, 7, 23), 2, "-")
            .Row(6, "B", "SIMU2", "22/07/2026 10:15", "closed", 0.1)
            .ToBytes();

        var parsed = Xlsx.Read(bytes);

        Assert.Equal(
            [
                "utc-waiting@SIMU1 2026-07-22T09:15:00Z 14",
                "utc-longest-wait@SIMU1 2026-07-22T09:15:00Z 90",
                "utc-waiting@SIMU1 2026-07-22T23:00:00Z 2",
                "utc-longest-wait@SIMU1 2026-07-22T23:00:00Z not-applicable",
                "utc-waiting@SIMU2 2026-07-22T09:15:00Z not-due",
                "utc-longest-wait@SIMU2 2026-07-22T09:15:00Z 6",
            ],
            parsed.Lines());
        Assert.Equal([4, 4, 5, 5, 6, 6], parsed.Statements.Select(statement => statement.Row));
        Assert.Empty(parsed.Rejections);
    }

    [Fact]
    public void Parse_XlsxWithoutTheSheetOrTheHeader_IsRefusedByName()
    {
        var other = new WorkbookFile().Sheet("Sheet1").Row(1, "A", "site").ToBytes();
        var bare = new WorkbookFile().Sheet("Waits").Row(1, "A", "site", "as at", "waiting").Row(2, "A", "SIMU1", "22/07/2026 10:15", 3).ToBytes();
        var empty = new WorkbookFile().Sheet("Waits").ToBytes();

        Assert.Equal("Expected the sheet 'Waits'; found 'Sheet1'.", Assert.Throws<PublicationFormatException>(() => Xlsx.Read(other)).Message);
        Assert.StartsWith("Expected the column 'longest_wait_hours'", Assert.Throws<PublicationFormatException>(() => Xlsx.Read(bare)).Message, StringComparison.Ordinal);
        Assert.EndsWith("found an empty sheet.", Assert.Throws<PublicationFormatException>(() => Xlsx.Read(empty)).Message, StringComparison.Ordinal);
        Assert.Contains("no XLSX workbook", Assert.Throws<PublicationFormatException>(() => Xlsx.Read("site,as_at\n")).Message, StringComparison.Ordinal);
    }
}
