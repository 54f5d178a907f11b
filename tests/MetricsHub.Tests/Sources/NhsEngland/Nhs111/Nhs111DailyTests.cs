using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Sources.Blocks;
using MetricsHub.Sources.NhsEngland.Nhs111;
using Xunit;

namespace MetricsHub.Tests.Sources.NhsEngland.Nhs111;

/// <summary>
/// The workbook in the documented layout: metric codes in row 13, dates in row 14, contracts in rows 17 to 44 with region, code and
/// name in columns B to D and figures from F. The figures are those published for the 28 contracts on 25 to 27 December 2025.
/// </summary>
public sealed class Nhs111DailyTests
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Cut = CsvCut.Read("NhsEngland/Nhs111/cases/christmas-2025.csv");

    private static readonly IReadOnlyList<string> Dates = [.. Cut.Select(row => row["date"]).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("nhs-111-calls-received", "calls_received")]
    [InlineData("nhs-111-calls-answered", "calls_answered")]
    [InlineData("nhs-111-calls-answered-in-60-seconds", "calls_answered_60s")]
    public void Parse_EveryCellOfTheCut_IsStatedForItsDay(string metric, string column)
    {
        var expected = Cut.Select(row => (row["contract_code"], Day(row["date"]), row[column])).ToHashSet();

        var parsed = Parse(Winter().ToBytes());

        var stated = parsed.Statements.Where(statement => statement.Series.Metric == new MetricKey(metric)).ToList();
        Assert.Equal(28 * 3, stated.Count);
        Assert.True(expected.SetEquals(stated.Select(statement => (statement.Series.Organisation.ToString(), statement.Period, statement.Figure.ToString()))));
        Assert.Equal((56, 2, 2, 0), (
            parsed.Tally.RowsAccepted, parsed.Tally.RowsSetAsideAsTotal, parsed.Tally.RowsSetAsideAsBlank, parsed.Rejections.Count));
        Assert.Equal(28 * 3 * 3, parsed.Tally.CellsExpected);
        Assert.Equal((ReconciliationOutcome.Reconciled, 9), (parsed.Reconciliation.Outcome, parsed.Reconciliation.FieldsCompared));
    }

    /// <summary>A reader that goes by date alone takes one metric of such a sheet for the other.</summary>
    [Fact]
    public void Parse_TwoMetricsInASheet_KeepsThemApart()
    {
        var parsed = Parse(Abandoned(1000, 70).ToBytes());

        Assert.Equal(
            ["nhs-111-calls-abandoned 70", "nhs-111-calls-received 1000"],
            parsed.Statements.Select(statement => $"{statement.Series.Metric} {statement.Figure}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parse_CodeRepeatedInAnotherSheet_IsOneStatement()
    {
        var parsed = Parse(Add(Abandoned(1000, 70), "Calls Received", 1000).ToBytes());

        Assert.Equal(2, parsed.Statements.Count);
        Assert.Equal((2, 2, 0), (parsed.Tally.RowsAccepted, parsed.Tally.CellsExpected, parsed.Tally.CellsRejected));
    }

    [Fact]
    public void Parse_CodeRepeatedWithAnotherFigure_RejectsBoth()
    {
        var parsed = Parse(Add(Abandoned(1000, 70), "Calls Received", 1001).ToBytes());

        Assert.Equal(
            [("nhs-111-calls-received", "rejected"), ("nhs-111-calls-abandoned", "70")],
            parsed.Statements.Select(statement => (statement.Series.Metric.ToString(), statement.Figure.ToString())));
        Assert.Equal((3, 1, 0, 2), (parsed.Tally.CellsExpected, parsed.Tally.Observations, parsed.Tally.Absences, parsed.Tally.CellsRejected));
        Assert.Equal(
            ["'Calls Received' row 17 states '1001'", "'Calls Abandoned' row 17 states '1000'"], parsed.Rejections.Select(rejection => rejection.Reason));
        Assert.True(parsed.Tally.Balances);
    }

    [Fact]
    public void Parse_UnknownCode_Throws() =>
        Assert.Contains(
            "column 6 'D99' with '5' in row 17",
            Assert.Throws<PublicationFormatException>(() => Parse(Sheet(new WorkbookFile(), "Calls Received", ["D99", "A01"]).Row(17, "B", "L", "111AD7", "A", null, 5, 6).ToBytes())).Message,
            StringComparison.Ordinal);

    /// <summary>Two sheets: one of a single metric, whose code stands once; one of two metrics that alternate under each date.</summary>
    internal static WorkbookFile Winter()
    {
        var file = Sheet(new WorkbookFile(), "Calls Received", ["A01", null, null], [Dates[0], Dates[1], Dates[2]]);
        Rows(file, (row, _) => row["calls_received"]);
        Sheet(
            file, "Calls Answered in 60s ", ["A03", "B01", "A03", "B01", "A03", "B01"],
            [Dates[0], null, Dates[1], null, Dates[2], null]);
        Rows(file, (row, column) => row[column % 2 == 0 ? "calls_answered" : "calls_answered_60s"], columnsPerDate: 2);
        return file;
    }

    private static void Rows(WorkbookFile file, Func<IReadOnlyDictionary<string, string>, int, string> figure, int columnsPerDate = 1)
    {
        var columns = Dates.SelectMany(date => Enumerable.Range(0, columnsPerDate), (date, column) => (date, column)).ToList();
        string Figure(string code, (string Date, int Column) column) =>
            figure(Cut.Single(row => row["contract_code"] == code && row["date"] == column.Date), column.Column);
        var codes = Cut.Select(row => row["contract_code"]).Distinct().ToList();
        foreach (var (index, code) in codes.Index())
        {
            var contract = Cut.First(row => row["contract_code"] == code);
            file.Row(17 + index, "B", [contract["region_code"], code, contract["contract_name"], null, .. columns.Select(column => CsvCut.Cell(Figure(code, column)))]);
        }

        file.Row(16, "D", ["England", null, .. columns.Select(column => (object?)codes.Sum(code => int.Parse(Figure(code, column), CultureInfo.InvariantCulture)))]);
        file.Row(46, "B", "Source: NHS 111");
    }

    private static WorkbookFile Abandoned(int received, int abandoned) =>
        Sheet(new WorkbookFile(), "Calls Abandoned", ["A01", "B02"], [Dates[0], null]).Row(17, "B", "L", "111AD7", "A", null, received, abandoned);

    private static WorkbookFile Add(WorkbookFile file, string sheet, int received) =>
        Sheet(file, sheet, ["A01"]).Row(17, "B", "L", "111AD7", "A", null, received);

    private static WorkbookFile Sheet(WorkbookFile file, string name, string?[] codes, string?[]? dates = null) => file
        .Sheet(name)
        .Row(3, "B", "Title:", "NHS 111 winter situation report")
        .Row(13, "F", codes)
        .Row(14, "F", (dates ?? [Dates[0]]).Select(date => date is null ? null : (object)DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
        .Row(15, "B", "Region", "Code", "Name");

    private static Period Day(string date) => LondonCalendar.Day(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static ParsedPublication Parse(byte[] bytes) => new BlockWorkbookParser(Nhs111DailyKind.Winter).Parse(new PublicationContent(bytes, "111.xlsx", null));
}
