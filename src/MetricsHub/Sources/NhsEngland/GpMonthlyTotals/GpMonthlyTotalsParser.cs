using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.GpMonthlyTotals;

/// <summary>
/// Appointments in general practice by sub-ICB location and month, as someone added NHS England's counts up: a derived file, not one
/// that the publisher offers. It holds some of the locations only; of the others nothing is known.
/// </summary>
internal sealed partial class GpMonthlyTotalsParser : IPublicationParser
{
    private const string Code = "SUB_ICB_CODE";
    private const string Month = "Month";
    private const string Count = "Appointments";

    private static readonly IReadOnlyList<string> Headers = [Code, Month, Count];
    private static readonly HashSet<string> NotRead = [.. new[] { "SUB_ICB_NAME", "ICB_CODE", "REGION_CODE", "REGION_NAME" }.Select(ColumnName.Normalise)];
    private static readonly MetricKey Appointments = new("gp-appointments-in-month");

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = CsvTable.Read(content.Bytes, "monthly totals of appointments in general practice (CSV)");
        var body = rows.Skip(1).ToArray();
        var columns = ColumnMap.Of(rows[0].Cells, Headers, name => NotRead.Contains(ColumnName.Normalise(name)), body);
        var reading = new SummedReading();
        var stated = new Dictionary<(OrganisationCode Location, Period Month), (int Row, ReportedCell Cell)>();
        foreach (var row in body)
        {
            Read(row, columns, stated, reading);
        }

        foreach (var ((location, month), (row, cell)) in stated)
        {
            reading.Owe(1);
            reading.State(cell, location, month, row);
        }

        return reading.RowsWithFigures > 0 ? reading.CompleteRolling() : throw new PublicationFormatException("rows below the header row", "none");
    }

    private static void Read(
        TableRow row, ColumnMap columns, Dictionary<(OrganisationCode Location, Period Month), (int Row, ReportedCell Cell)> stated, SummedReading reading)
    {
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (!OrganisationCode.TryParse(row[columns[Code]], out var location))
        {
            reading.RejectRow(row.Number, $"'{row[columns[Code]]}' is not an organisation code", row.Text);
        }
        else if (YearAndMonth().Match(row[columns[Month]]) is not { Success: true } month)
        {
            reading.RejectRow(row.Number, $"'{row[columns[Month]]}' is not a month such as 2023-08", row.Text);
        }
        else
        {
            Accept(row, (location, LondonCalendar.Month(Number(month.Groups[1]), Number(month.Groups[2]))), ReportedCell.Count(Appointments, Count, row[columns[Count]]), stated, reading);
        }
    }

    private static void Accept(
        TableRow row, (OrganisationCode Location, Period Month) key, ReportedCell cell,
        Dictionary<(OrganisationCode Location, Period Month), (int Row, ReportedCell Cell)> stated, SummedReading reading)
    {
        if (stated.TryAdd(key, (row.Number, cell)))
        {
            reading.AcceptRow();
            return;
        }

        var first = stated[key];
        var repeats = first.Cell.Figure == cell.Figure;
        reading.RejectRow(row.Number, $"{key.Location} stands in row {first.Row} for the month already, with {(repeats ? "the same figure" : "another figure")}", row.Text);
        if (!repeats)
        {
            stated[key] = (first.Row, first.Cell.Refuse($"row {row.Number} states another figure for {key.Location}"));
        }
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(20[0-9]{2})-(0[1-9]|1[0-2])$", RegexOptions.CultureInvariant)]
    private static partial Regex YearAndMonth();
}
