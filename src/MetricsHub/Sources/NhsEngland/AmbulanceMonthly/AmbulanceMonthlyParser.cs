using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.AmbulanceMonthly;

/// <summary>A column that becomes a metric.</summary>
/// <param name="IsAdded">Whether England's row is the sum of the trusts'; a mean or a percentile is not.</param>
internal sealed record AmbulanceColumn(string Code, MetricKey Metric, bool IsAdded);

/// <summary>A stated mean, in whole seconds, with what it is made of.</summary>
internal sealed record AmbulanceMean(string Mean, string Total, string Incidents);

/// <summary>
/// NHS England's ambulance system indicators (AmbSYS), monthly by ambulance trust: some 150 columns that are named by code alone, of
/// which a few are read. Times are in seconds. Handover columns of newer files are not documented and not read.
/// </summary>
internal sealed class AmbulanceMonthlyParser : IPublicationParser
{
    private const string Expected = "the ambulance systems indicators CSV";
    private const string YearHeader = "Year";
    private const string MonthHeader = "Month";
    private const string CodeHeader = "Org Code";
    private const string NameHeader = "Org Name";
    private const int HeaderRowsSearched = 20;
    private const double HalfASecond = 0.5 + 1e-9;

    private static readonly AmbulanceColumn[] Read =
    [
        Added("A1", "ambulance-calls-answered"),
        Added("A7", "ambulance-incidents"),
        Added("A8", "ambulance-category-1-incidents"),
        Added("A24", "ambulance-category-1-response-seconds"),
        Stated("A25", "ambulance-category-1-response-mean"),
        Stated("A26", "ambulance-category-1-response-90th-centile"),
        Added("A10", "ambulance-category-2-incidents"),
        Added("A30", "ambulance-category-2-response-seconds"),
        Stated("A31", "ambulance-category-2-response-mean"),
        Stated("A32", "ambulance-category-2-response-90th-centile"),
        Added("A11", "ambulance-category-3-incidents"),
        Added("A33", "ambulance-category-3-response-seconds"),
        Stated("A34", "ambulance-category-3-response-mean"),
        Stated("A35", "ambulance-category-3-response-90th-centile"),
    ];

    private static readonly AmbulanceMean[] Means = [new("A25", "A24", "A8"), new("A31", "A30", "A10"), new("A34", "A33", "A11")];

    private static readonly string[] Headers = [YearHeader, MonthHeader, CodeHeader, NameHeader, .. Read.Select(column => column.Code)];

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = CsvTable.Read(content.Bytes, Expected);
        var header = rows.Take(HeaderRowsSearched).ToList().FindIndex(row => ColumnMap.Matches(row.Cells, Headers) >= Headers.Length / 2);
        if (header < 0)
        {
            throw new PublicationFormatException("a header row with 'Year', 'Month', 'Org Code' and codes such as 'A8'", "none in the first rows");
        }

        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of(rows[header].Cells, Headers, IsNotRead, body);
        var reading = new StatementReading();
        foreach (var row in body)
        {
            ReadRow(row, columns, reading);
        }

        return reading.Complete(publishedAt: null);
    }

    private static void ReadRow(TableRow row, ColumnMap columns, StatementReading reading)
    {
        var code = row[columns[CodeHeader]];
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.IsNote(row) && row[columns[YearHeader]].Length != 4)
        {
            reading.SetAsideNote();
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (MonthOf(row, columns) is not { } month)
        {
            reading.RejectRow(row.Number, $"'{row[columns[YearHeader]]}', '{row[columns[MonthHeader]]}' is not a year and a month", row.Text);
        }
        else if (TableRows.IsTotalWord(row[columns[NameHeader]]))
        {
            reading.SetAsideTotal(Read.Where(column => column.IsAdded)
                .Select(column => Cell(row, columns, column, month))
                .Where(cell => cell.Number is not null)
                .ToDictionary(cell => cell.Field, cell => cell.Number!.Value));
        }
        else if (IsRegion(code))
        {
            // The sum of some trusts; which ones, no column says.
            reading.SetAsideTotal(new Dictionary<string, double>());
        }
        else if (!OrganisationCode.TryParse(code, out var organisation))
        {
            reading.RejectRow(row.Number, $"'{code}' is not an organisation code", row.Text);
        }
        else
        {
            var period = LondonCalendar.Month(month.Year, month.Month);
            reading.Accept(new DatedRow("", row.Number, organisation, [.. Cells(row, columns, month).Select(cell => new DatedCell(cell, period))], row.Text));
        }
    }

    private static ReportedCell[] Cells(TableRow row, ColumnMap columns, (int Year, int Month) month)
    {
        var cells = Read.Select(column => Cell(row, columns, column, month)).ToArray();
        foreach (var mean in Means)
        {
            var stated = Array.FindIndex(Read, column => column.Code == mean.Mean);
            var total = cells[Array.FindIndex(Read, column => column.Code == mean.Total)].Number;
            var incidents = cells[Array.FindIndex(Read, column => column.Code == mean.Incidents)].Number;
            if (cells[stated].Number is { } seconds && incidents > 0 && Math.Abs(seconds - (total / incidents) ?? 0) > HalfASecond)
            {
                cells[stated] = cells[stated].Refuse(string.Create(
                    CultureInfo.InvariantCulture, $"{total} seconds over {incidents} incidents are {total / incidents:0.0}"));
            }
        }

        return cells;
    }

    private static ReportedCell Cell(TableRow row, ColumnMap columns, AmbulanceColumn column, (int Year, int Month) month)
    {
        var text = row[columns[column.Code]];
        var field = string.Create(CultureInfo.InvariantCulture, $"{column.Code}, {month.Year:0000}-{month.Month:00}");

        // The publisher's mark for a figure that it does not have.
        return text == "."
            ? new ReportedCell(column.Metric, field, text, Figure.Absent(AbsenceCode.Suppressed), null)
            : ReportedCell.Count(column.Metric, field, text);
    }

    private static (int Year, int Month)? MonthOf(TableRow row, ColumnMap columns) =>
        int.TryParse(row[columns[YearHeader]], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and <= 2099
        && int.TryParse(row[columns[MonthHeader]], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12
            ? (year, month)
            : null;

    private static bool IsRegion(string code) => code is ['Y', >= '0' and <= '9', >= '0' and <= '9'];

    /// <summary>The other codes, and the region: known to be there and not read.</summary>
    private static bool IsNotRead(string header) =>
        header.Trim() is var name && (name == "Region" || (name is ['A', ..] && name.Length is >= 2 and <= 4 && name.Skip(1).All(char.IsAsciiDigit)));

    private static AmbulanceColumn Added(string code, string metric) => new(code, new MetricKey(metric), IsAdded: true);

    private static AmbulanceColumn Stated(string code, string metric) => new(code, new MetricKey(metric), IsAdded: false);
}
