using System.Globalization;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Blocks;
using MetricsHub.Sources.NhsEngland.Kh03;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.Kh03;

/// <summary>
/// The workbook in the documented layout: block titles in row 14, names in row 15 and again under every title, England in row 16, a
/// blank row, then trusts from row 18. The figures are those of 14 trusts for January to March 2022: beds occupied as published; beds
/// available from the published percentages, which for general and acute and maternity beds give the published numbers. England's row
/// adds up the 14.
/// </summary>
public sealed class Kh03Tests
{
    private static readonly string[] Sectors = ["Total", "General & Acute", "Learning Disabilities", "Maternity", "Mental Illness"];
    private static readonly string[] Titles = ["Available", "Occupied"];
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Cut = CsvCut.Read("NhsEngland/Kh03/cases/2021-22-q4.csv");

    [Fact]
    public void Parse_EveryCellOfTheCut_IsStatedForTheQuarter()
    {
        var expected = Cut
            .SelectMany(trust => trust.Where(cell => cell.Key is not ("code" or "name")), (trust, cell) => (
                $"overnight-beds-{cell.Key.Replace("_total", "", StringComparison.Ordinal).Replace('_', '-')}",
                trust["code"],
                double.Parse(cell.Value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)))
            .ToHashSet();

        var parsed = Parse(Build("2021-22", "March"));

        Assert.Equal(14 * 10, parsed.Statements.Count);
        Assert.True(expected.SetEquals(parsed.Statements.Select(statement =>
            (statement.Series.Metric.ToString(), statement.Series.Organisation.ToString(), statement.Figure.ToString()))));
        Assert.All(parsed.Statements, statement => Assert.Equal("2022-01-01T00:00:00Z/2022-03-31T23:00:00Z", statement.Period.ToString()));
        Assert.Equal((14, 1, 1, 0, 140), (
            parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Tally.RowsSetAsideAsBlank, parsed.Tally.RowsRejected, parsed.Tally.CellsExpected));
        Assert.Equal((ReconciliationOutcome.Reconciled, 10), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
    }

    [Theory]
    [InlineData("2024-25", "June", 2024, 2)]
    [InlineData("2024/25", "September", 2024, 3)]
    [InlineData("2024-25", "December", 2024, 4)]
    [InlineData("2024-25", "March", 2025, 1)]
    [InlineData("2024-2025", "31 March 2025", 2025, 1)]
    public void Parse_Quarter_EndsWithTheMonthNamed(string year, string end, int expectedYear, int quarter) =>
        Assert.All(Parse(Build(year, end)).Statements, statement => Assert.Equal(LondonCalendar.Quarter(expectedYear, quarter), statement.Period));

    [Theory]
    [InlineData("2024-26", "March")]
    [InlineData("2024-25", "April")]
    [InlineData("2024-25", "31 March 2024")]
    [InlineData("", "")]
    public void Parse_NoQuarter_Throws(string year, string end) =>
        Assert.EndsWith("found not one.", Assert.Throws<PublicationFormatException>(() => Parse(Build(year, end))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_RowOfAnotherQuarter_IsRejected()
    {
        var parsed = Parse(Build("2021-22", "March", file => file.Row(40, "A", ["2021-22", "December", "Y58", "RA9", "A trust", .. Enumerable.Repeat<object?>(1.5, 15)])));

        Assert.Equal("'2021-22', 'December' is not the quarter of the file", Assert.Single(parsed.Rejections).Reason);
    }

    [Fact]
    public void Parse_SectorLargerThanTheTotal_RejectsBoth()
    {
        var parsed = Parse(Build("2021-22", "March", file => file.Row(40, "A", "2021-22", "March", "Y58", "RA9", "A trust", 10.5, 11.5)));

        Assert.Equal(
            ["NHS Trust by Sector: Available Total", "NHS Trust by Sector: Available General & Acute"], parsed.Rejections.Select(rejection => rejection.Field));
        Assert.True(parsed.Tally.Balances);
    }

    internal static byte[] Build(string year, string end, Action<WorkbookFile>? more = null)
    {
        object? Cell(IReadOnlyDictionary<string, string> trust, string title, string sector) =>
            double.Parse(trust[$"{title}_{sector.Replace(" &", "", StringComparison.Ordinal).Replace(' ', '_')}".ToLowerInvariant()], CultureInfo.InvariantCulture);
        object Share(IReadOnlyDictionary<string, string> trust, string sector) =>
            Cell(trust, "Available", sector) is double available and > 0 ? (double)Cell(trust, "Occupied", sector)! / available : "-";
        var columns = Titles.SelectMany(title => Sectors, (title, sector) => (Title: title, Sector: sector)).ToList();
        var file = new WorkbookFile().Sheet("NHS Trust by Sector")
            .Row(2, "B", "Title:", "Average daily number of available and occupied beds open overnight by sector")
            .Row(14, "F", "Available", null, null, null, null, "Occupied", null, null, null, null, "% Occupied")
            .Row(15, "A", ["Year", "Period End", "Region Code", "Org Code", "Org Name", .. Sectors, .. Sectors, .. Sectors])
            .Row(16, "A", [year, end, null, null, "England", .. columns.Select(column => (object?)Cut.Sum(trust => (double)Cell(trust, column.Title, column.Sector)!))]);
        foreach (var (index, trust) in Cut.Index())
        {
            file.Row(18 + index, "A", [year, end, "Y58", trust["code"], trust["name"], .. columns.Select(column => Cell(trust, column.Title, column.Sector)), .. Sectors.Select(sector => Share(trust, sector))]);
        }

        more?.Invoke(file);
        return file.ToBytes();
    }

    private static ParsedPublication Parse(byte[] bytes) => new BlockWorkbookParser(Kh03Kind.Overnight).Parse(new PublicationContent(bytes, "kh03.xlsx", null));
}
