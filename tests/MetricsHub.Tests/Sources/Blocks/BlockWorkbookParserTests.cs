using System.Text;
using CsCheck;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.Blocks;
using MetricsHub.Sources.NhsEngland.UecSitrep;
using MetricsHub.Tests.Sources.NhsEngland.UecSitrep;
using Xunit;

namespace MetricsHub.Tests.Sources.Blocks;

/// <summary>What the reader does with layouts that are not quite the documented one. The figures are made up.</summary>
public sealed class BlockWorkbookParserTests
{
    private static readonly DateOnly First = new(2026, 1, 5);

    [Fact]
    public void Parse_DateOnceForItsBlock_HoldsForEveryColumnOfIt()
    {
        var parsed = Parse(CriticalCare().Row(18, "B", "London", "RJ1", "A", 10, 8, 11, 9).ToBytes());

        Assert.Equal(
            ["adult-critical-care-beds-occupied 5: 8", "adult-critical-care-beds-occupied 6: 9", "adult-critical-care-beds-open 5: 10", "adult-critical-care-beds-open 6: 11"],
            parsed.Statements.Select(statement => $"{statement.Series.Metric} {statement.Period.Start.Day}: {statement.Figure}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parse_RowsOfNoOrganisation_AreSetAside()
    {
        var parsed = Parse(CriticalCare()
            .Row(16, "C", "-", "ENGLAND", 10, 8, 11, 9)
            .Row(17, "C", "-", "ENGLAND (type 1 only)", 7, 7, 7, 7)
            .Row(19, "B", "London", "", "London region", 10, 8, 11, 9)
            .Row(20, "B", "London", "RJ1", "A", 10, 8, 11, 9)
            .Row(22, "B", "Source: the collection")
            .ToBytes());

        Assert.Equal((1, 1, 2, 3), (parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Tally.RowsSetAsideAsBlank, parsed.Tally.RowsSetAsideAsNote));
        Assert.Equal(ReconciliationOutcome.Reconciled, parsed.Reconciliation.Outcome);
    }

    [Fact]
    public void Parse_ColumnsWithoutAnEntry_StateNothing()
    {
        var parsed = Parse(CriticalCare().Row(18, "B", "London", "RJ1", "A", 10, 8).ToBytes());

        Assert.Equal(2, parsed.Statements.Count);
    }

    [Fact]
    public void Parse_TrustTwiceWithOtherFigures_KeepsNoneThatDiffers()
    {
        var parsed = Parse(CriticalCare().Row(18, "B", "London", "RJ1", "A", 10, 8, 11, 9).Row(19, "B", "London", "RJ1", "B", 10, 7, 11, 9).ToBytes());

        Assert.Equal(["10", "rejected", "11", "9"], parsed.Statements.Select(statement => statement.Figure.ToString()));
        Assert.Equal(
            [(18, "row 19 states '7'"), (19, "RJ1 stands in row 18 of 'Adult critical care' already, with other figures")],
            parsed.Rejections.Select(rejection => (rejection.Row, rejection.Reason)));
        Assert.True(parsed.Tally.Balances);
    }

    [Theory]
    [InlineData("-3", "a count cannot be negative")]
    [InlineData("1.5", "a count has no fraction")]
    [InlineData("n/a", "not a number")]
    public void Parse_CellThatIsNoCount_IsRejectedByName(string text, string reason)
    {
        var parsed = Parse(CriticalCare().Row(18, "B", "London", "RJ1", "A", text, 8, 11, 9).ToBytes());

        var rejection = Assert.Single(parsed.Rejections);
        Assert.Equal((18, "Adult critical care: CC Adult Open, 5 January 2026", reason), (rejection.Row, rejection.Field, rejection.Reason));
        Assert.Equal(["rejected", "8", "11", "9"], parsed.Statements.Select(statement => statement.Figure.ToString()));
    }

    [Fact]
    public void Parse_SheetThatIsKnownAndNotRead_IsPassedOver()
    {
        var parsed = Parse(CriticalCare().Row(18, "B", "London", "RJ1", "A", 10, 8, 11, 9)
            .Sheet("RSV ").Row(15, "B", "NHS England Region", "Code", "Name", "No. beds occupied").Row(18, "B", "London", "RJ1", "A", 3).ToBytes());

        Assert.Equal(4, parsed.Statements.Count);
    }

    [Fact]
    public void Parse_DateWrittenOut_IsRead()
    {
        var parsed = Parse(new WorkbookFile().Sheet("ADULT CRITICAL CARE ")
            .Row(13, "E", "05/01/2026").Row(15, "B", "Region", "Code", "Name", "CC Adult Open").Row(18, "B", "London", "RJ1", "A", 10).ToBytes());

        Assert.Equal("2026-01-05T00:00:00Z/2026-01-06T00:00:00Z", Assert.Single(parsed.Statements).Period.ToString());
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "found the sheet 'Corridor care'", CriticalCare().Row(18, "B", "London", "RJ1", "A", 1).Sheet("Corridor care").Row(15, "C", "Code", "Name").ToBytes() },
        { "found column 9 'Corridor care' with '3' in row 18", CriticalCare().Row(15, "I", "Corridor care").Row(18, "B", "London", "RJ1", "A", 10, 8, 11, 9, 3).ToBytes() },
        { "found column 9 '' with '3' in row 18", CriticalCare().Row(18, "B", "London", "RJ1", "A", 10, 8, 11, 9, 3).ToBytes() },
        { "a second column 'CC Adult Open', 6 January 2026: column 9", CriticalCare().Row(15, "I", "CC Adult Open").Row(18, "B", "London", "RJ1", "A", 10, 8, 11, 9, 3).ToBytes() },
        { "found none above column 5 'CC Adult Open'", new WorkbookFile().Sheet("Adult critical care").Row(13, "F", First).Row(15, "B", "Region", "Code", "Name", "CC Adult Open", "CC Adult Occ").Row(18, "B", "L", "RJ1", "A", 10, 8).ToBytes() },
        { "Expected a row of dates above the header row of sheet 'Adult critical care'; found none.", new WorkbookFile().Sheet("Adult critical care").Row(15, "B", "Region", "Code", "Name", "CC Adult Open").Row(18, "B", "L", "RJ1", "A", 10).ToBytes() },
        { "Expected a header row with 'Code' and 'Name' in sheet 'Adult critical care'; found none.", new WorkbookFile().Sheet("Adult critical care").Row(15, "B", "Region", "Trust").ToBytes() },
        { "Expected figures in sheet 'Adult critical care'", CriticalCare().ToBytes() },
        { "found no such sheet", new WorkbookFile().Sheet("Notes").Row(1, "A", "Notes").ToBytes() },
        { "found an empty file", [] },
        { "found a file that is no XLSX workbook", Encoding.UTF8.GetBytes("Code,Name") },
        { "which unpacks to more than 100 times its packed length", WorkbookEdit.Zip(("xl/workbook.xml", new byte[50_000_000])) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parse_NotTheLayout_Throws(string found, byte[] bytes) =>
        Assert.Contains(found, Assert.Throws<PublicationFormatException>(() => Parse(bytes)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_AnyMutation_ThrowsOrBalances()
    {
        var whole = UecSitrepWorkbooks.Daily();
        string[] values = ["", "-1", "1.5", "*", "x", "1E+300", "44919", "0", "99999999999999"];
        Gen.Select(Gen.Int[0, 4000], Gen.Int[0, values.Length - 1]).Array[1, 6].Sample(edits =>
        {
            var mutated = WorkbookEdit.Rewrite(whole, (name, text) => name.Contains("worksheets/", StringComparison.Ordinal)
                ? edits.Aggregate(text, (current, edit) => Replace(current, edit.Item1, values[edit.Item2]))
                : text);
            try
            {
                var parsed = Parse(mutated);
                Assert.True(parsed.Tally.Balances);
                Assert.Equal(parsed.Tally.RowsRejected + parsed.Tally.CellsRejected, parsed.Rejections.Count);
                Assert.Equal(parsed.Tally.Observations, parsed.Statements.Count(statement => !statement.Figure.IsAbsent));
                Assert.Equal(parsed.Statements.Count, parsed.Statements.DistinctBy(statement => (statement.Series, statement.Period)).Count());
            }
            catch (PublicationFormatException exception)
            {
                Assert.NotEmpty(exception.Found);
            }
        }, iter: 40);
    }

    private static string Replace(string text, int which, string value)
    {
        var parts = text.Split("<v>");
        if (parts.Length < 2)
        {
            return text;
        }

        var at = 1 + (which % (parts.Length - 1));
        parts[at] = value + parts[at][parts[at].IndexOf("</v>", StringComparison.Ordinal)..];
        return string.Join("<v>", parts);
    }

    private static WorkbookFile CriticalCare() => new WorkbookFile().Sheet("Adult critical care")
        .Row(13, "E", First, null, First.AddDays(1))
        .Row(15, "B", "NHS England Region", "Code", "Name", "CC Adult Open", "CC Adult Occ", "CC Adult Open", "CC Adult Occ");

    private static ParsedPublication Parse(byte[] bytes) =>
        new BlockWorkbookParser(UecSitrepKinds.Daily).Parse(new PublicationContent(bytes, "sitrep.xlsx", null));
}
