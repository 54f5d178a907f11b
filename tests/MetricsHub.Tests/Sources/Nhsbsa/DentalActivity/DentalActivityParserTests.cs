using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Nhsbsa.DentalActivity;
using Xunit;

namespace MetricsHub.Tests.Sources.Nhsbsa.DentalActivity;

/// <summary>The tables written out here are made up; real figures stand in the cases.</summary>
public sealed class DentalActivityParserTests
{
    private const string Tree = "Sources/Nhsbsa/DentalActivity";
    private const string Header =
        "YEAR_MONTH,COMMISSIONER_CODE,CONTRACT_NUMBER,PROVIDER_NAME,UDA_PERF_TARGET,UDA_DELIVERED,BAND_URGENT_DELIVERED,ADULT_24M_COUNT,CHILD_12M_COUNT";

    public static TheoryData<string> Cases => ParserCase.Names(Tree);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_PublishedFile_SaysWhatIsExpected(string name) => ParserCase.Verify(new DentalActivityParser(), Tree, name);

    [Fact]
    public void Parse_ContractsOfABoard_AreAddedUpAndThoseThatStateNothingAreCounted()
    {
        var parsed = Parse("202601,QUY,1,,1000,0.1,2,10,", "202601,QUY,2,,200,,,20,", "202601,QUY,3,,30,0.2,0,,");

        Assert.Equal(
            [
                "dental-contracts 3",
                "dental-uda-annual-target 1230", "dental-uda-annual-target-contracts 3",
                "dental-uda-delivered 0.3", "dental-uda-delivered-contracts 2",
                "dental-urgent-courses 2", "dental-urgent-courses-contracts 2",
                "dental-adults-seen-24-months 30", "dental-adults-seen-24-months-contracts 2",
                "dental-children-seen-12-months suppressed", "dental-children-seen-12-months-contracts 0",
            ],
            parsed.Statements.Select(statement => $"{statement.Series.Metric} {statement.Figure}"));
        Assert.All(parsed.Statements, statement => Assert.Equal((LondonCalendar.Month(2026, 1), 2), (statement.Period, statement.Row)));
        Assert.Equal(new Tally(3, 3, 0, 0, 0, 0, 11, 10, 1, 0), parsed.Tally);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("n/a")]
    [InlineData("1e3")]
    [InlineData("1.")]
    public void Parse_CellThatIsNoNumber_RefusesTheSumOfItsColumnAndNoOther(string text)
    {
        var parsed = Parse($"202601,QUY,1,,1000,{text},2,10,5", "202601,QUY,2,,200,7,1,20,6", "202601,QJ2,3,,30,8,0,1,1");

        Assert.Equal(
            [
                $"dental-uda-delivered of QUY: '{text}' in row 2 is not a number of nought or more",
                $"dental-uda-delivered-contracts of QUY: '{text}' in row 2 is not a number of nought or more",
            ],
            parsed.Rejections.Select(rejection => rejection.Reason));
        Assert.Equal(
            ["dental-uda-delivered@QUY", "dental-uda-delivered-contracts@QUY"],
            parsed.Statements.Where(statement => statement.Figure.Absence == AbsenceCode.Rejected).Select(statement => statement.Series.ToString()));
        Assert.Equal(new Tally(3, 3, 0, 0, 0, 0, 22, 20, 0, 2), parsed.Tally);
    }

    [Fact]
    public void Parse_ContractTwice_RefusesItsBoardAndNoOther()
    {
        var parsed = Parse("202601,QUY,1,,1000,1,2,10,5", "202601,QUY,1,,1000,1,2,10,5", "202601,QJ2,1,,30,8,0,1,1");

        Assert.Equal((3, "contract 1 stands above already"), (parsed.Rejections[^1].Row, parsed.Rejections[^1].Reason));
        Assert.Equal(
            [("QUY", true, 11), ("QJ2", false, 11)],
            parsed.Statements
                .CountBy(statement => (Board: statement.Series.Organisation.ToString(), Refused: statement.Figure.Absence == AbsenceCode.Rejected))
                .Select(group => (group.Key.Board, group.Key.Refused, group.Value)));
        Assert.Equal(new Tally(3, 2, 1, 0, 0, 0, 22, 11, 0, 11), parsed.Tally);
    }

    [Fact]
    public void Parse_TwoMonths_AreNotAddedUp()
    {
        var parsed = Parse("202603,QUY,1,,1000,1,2,10,5", "202604,QUY,1,,1000,3,2,10,5");

        Assert.Equal(
            [(LondonCalendar.Month(2026, 3), "1"), (LondonCalendar.Month(2026, 4), "3")],
            parsed.Statements.Where(statement => statement.Series.ToString() == "dental-uda-delivered@QUY").Select(statement => (statement.Period, statement.Figure.ToString())));
    }

    [Theory]
    [InlineData("202613,QUY,1,,1,1,1,1,1", "'202613', 'QUY' and '1' in row 2")]
    [InlineData("202601,Not mapped,1,,1,1,1,1,1", "'202601', 'Not mapped' and '1' in row 2")]
    [InlineData("202601,QUY,,,1,1,1,1,1", "'202601', 'QUY' and '' in row 2")]
    [InlineData("202601,QUY,1,,1", "row 2 has 5 of 9 cells")]
    [InlineData("202601,QUY,1,Smith, J,1,1,1,1,1", "row 2 has 10 cells and the header row 9")]
    public void Parse_RowOfNobodyKnowsWhom_RefusesTheFile(string row, string found) =>
        Assert.Contains(found, Assert.Throws<PublicationFormatException>(() => Parse(row)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_HeaderAlone_IsRefused() => Assert.Throws<PublicationFormatException>(() => Parse());

    private static ParsedPublication Parse(params string[] rows) => new DentalActivityParser().Parse(
        new PublicationContent(Encoding.UTF8.GetBytes(Header + "\n" + string.Concat(rows.Select(row => row + "\n"))), "a.csv", null));
}
