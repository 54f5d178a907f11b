using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.AeMonthly;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.AeMonthly;

public sealed class ProviderSheetTests
{
    private const string Header =
        "Code,Region,Name,"
        + "Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 3 Departments - Other A&E/Minor Injury Unit,Total attendances,"
        + "Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 3 Departments - Other A&E/Minor Injury Unit,Total Attendances < 4 hours,"
        + "Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,Type 3 Departments - Other A&E/Minor Injury Unit,Total Attendances > 4 hours,"
        + "Percentage in 4 hours or less (all),Percentage in 4 hours or less (type 1),Percentage in 4 hours or less (type 2),Percentage in 4 hours or less (type 3),"
        + "Emergency Admissions via Type 1 A&E,Emergency Admissions via Type 2 A&E,Emergency Admissions via Type 3 and 4 A&E,Total Emergency Admissions via A&E,"
        + "Other Emergency admissions (i.e not via A&E),Total Emergency Admissions,"
        + "Number of patients spending >4 hours from decision to admit to admission,Number of patients spending >12 hours from decision to admit to admission";

    private const string Good = "\"1,000\",0,200,\"1,200\",600,0,190,790,400,0,10,410,65.8%,60.0%,-,95.0%,90,0,1,91,9,100,50,20";

    [Fact]
    public void Parse_PreambleBlanksTotalAndNotes_ReadsTheRowBelowTheHeader()
    {
        var parsed = Parse(
            "sheet.csv",
            null,
            "Title:,A&E Attendances,,",
            "Period:,May 2025,,",
            "Published:,12th June 2025,,",
            "",
            Header,
            $"-,-,England,{Good}",
            "",
            $"RAA,Region,Name,{Good}",
            "Notes: booked attendances are included");

        Assert.Equal(new Tally(4, 1, 0, 1, 1, 1, 12, 12, 0, 0), parsed.Tally);
        Assert.Equal((ReconciliationOutcome.Reconciled, 20), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
        Assert.All(parsed.Statements, statement => Assert.Equal((LondonCalendar.Month(2025, 5), 8), (statement.Period, statement.Row)));
        Assert.Equal(
            ["1000", "0", "200", "400", "0", "10", "90", "0", "1", "9", "20", "30"],
            parsed.Statements.Select(statement => statement.Figure.ToString()));
    }

    [Theory]
    [InlineData("May-2025-AE.csv", null)]
    [InlineData("export.csv", "Monthly A&E Statistics 2025-26, May 2025 (published 12 June 2025)")]
    [InlineData("export-May2025.csv", "A&E attendances MAY_2025")]
    public void Parse_MonthInAName_IsThePeriod(string file, string? linkText)
    {
        var parsed = Parse(file, linkText, Header, $"RAA,Region,Name,{Good}");

        Assert.Equal(LondonCalendar.Month(2025, 5), parsed.Statements[0].Period);
    }

    [Fact]
    public void Parse_NoMonthAnywhere_Throws()
    {
        var exception = Assert.Throws<PublicationFormatException>(() => Parse("export-2025.csv", null, Header, $"RAA,Region,Name,{Good}"));

        Assert.Equal(
            "Expected a month in the link text, the file name or the lines above the header row; found none; the file is named 'export-2025.csv'.",
            exception.Message);
    }

    [Fact]
    public void Parse_TwoMonths_Throws()
    {
        var exception = Assert.Throws<PublicationFormatException>(() => Parse("May-2025-AE.csv", "Monthly A&E June 2025", Header, $"RAA,Region,Name,{Good}"));

        Assert.Equal("Expected one month; found 2025-06 in the link text, 2025-05 in the file name.", exception.Message);
    }

    [Theory]
    [InlineData(",600,0,190,790,", ",601,0,190,790,", "states 1000 and its parts add up to 1001: -1 apart")]
    [InlineData("\"1,200\"", "\"1,203\"", "states 1203 and its parts add up to 1200: +3 apart")]
    [InlineData(",91,9,100,", ",91,9,101,", "states 101 and its parts add up to 100: +1 apart")]
    [InlineData("60.0%", "61.0%", "states 61 and 600 of 1000 are 60.00")]
    [InlineData(",50,20", ",50,51", "states 51 of 50: a part cannot exceed its whole")]
    public void Parse_RowContradictsItself_IsRejectedWithTheDifference(string stated, string instead, string reason)
    {
        var parsed = Parse("May-2025-AE.csv", null, Header, $"RAA,Region,Name,{Good.Replace(stated, instead, StringComparison.Ordinal)}");

        Assert.Equal(new Tally(1, 0, 1, 0, 0, 0, 0, 0, 0, 0), parsed.Tally);
        Assert.EndsWith(reason, Assert.Single(parsed.Rejections).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnreadableWaits_LeaveTheirDifferenceAbsentOrRejected()
    {
        var suppressed = Parse("May-2025-AE.csv", null, Header, $"RAA,Region,Name,{Good[..^2]}");
        var broken = Parse("May-2025-AE.csv", null, Header, $"RAA,Region,Name,{Good[..^2]}x");

        Assert.Equal(2, suppressed.Statements.Count(statement => statement.Figure == Figure.Absent(AbsenceCode.Suppressed)));
        Assert.Equal(2, broken.Tally.CellsRejected);
        Assert.True(broken.Tally.Balances);
    }

    [Fact]
    public void Parse_BlockTotalMissing_NamesTheColumnsThatCannotBeTold()
    {
        var header = Header.Replace("Total Attendances > 4 hours", "Total", StringComparison.Ordinal);

        var exception = Assert.Throws<PublicationFormatException>(() => Parse("May-2025-AE.csv", null, header, $"RAA,Region,Name,{Good}"));

        Assert.Contains("Total Attendances > 4 hours", exception.Expected, StringComparison.Ordinal);
    }

    private static ParsedPublication Parse(string file, string? linkText, params string[] lines) =>
        new AeMonthlyParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), file, linkText));
}
