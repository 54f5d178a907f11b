using System.Text;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.NhsEngland.GpMonthlyTotals;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.GpMonthlyTotals;

public sealed class GpMonthlyTotalsParserTests
{
    private const string Tree = "Sources/NhsEngland/GpMonthlyTotals";

    public static TheoryData<string> Cases => ParserCase.Names(Tree);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_PublishedFile_SaysWhatIsExpected(string name) => ParserCase.Verify(new GpMonthlyTotalsParser(), Tree, name);

    [Fact]
    public void Parse_Rows_GoWhereTheyBelong()
    {
        var parsed = Parse("00L,2024-01,5\n00L,2024-01,5\n15C,2024-01,6\n15C,2024-01,7\n0 0,2024-01,1\n92A,2024-13,1\n,,\n92A,2024-02,-1\n06H,2024-02,\n");

        Assert.Equal(new Tally(9, 4, 4, 0, 1, 0, 4, 1, 1, 2), parsed.Tally);
        Assert.Equal(
            [
                (3, "00L stands in row 2 for the month already, with the same figure"),
                (4, "row 5 states another figure for 15C"),
                (5, "15C stands in row 4 for the month already, with another figure"),
                (6, "'0 0' is not an organisation code"),
                (7, "'2024-13' is not a month such as 2023-08"),
                (9, "a count cannot be negative"),
            ],
            parsed.Rejections.Select(rejection => (rejection.Row, rejection.Reason)));
    }

    [Fact]
    public void Parse_HeaderAlone_IsRefused() => Assert.Throws<PublicationFormatException>(() => Parse(""));

    private static ParsedPublication Parse(string rows) =>
        new GpMonthlyTotalsParser().Parse(new PublicationContent(Encoding.UTF8.GetBytes("SUB_ICB_CODE,Month,Appointments\n" + rows), "a.csv", null));
}
