using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Blocks;

/// <summary>
/// Reads workbooks whose sheets lay figures out in blocks: a row of dates, block titles or metric codes, each above the columns of its
/// block; a header row whose names repeat in every block; England; a blank row; then one row for each organisation.
/// </summary>
internal sealed class BlockWorkbookParser(BlockWorkbookKind kind) : IPublicationParser
{
    // Averages are binary fractions: a part can seem larger than its whole by the last of their digits.
    private const double Rounding = 1e-6;

    // The regions of NHS England.
    private static readonly HashSet<string> Regions = new(StringComparer.OrdinalIgnoreCase)
    {
        "East of England", "London", "Midlands", "North East and Yorkshire", "North West", "South East", "South West",
    };

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var reading = new StatementReading();
        DateTimeOffset? publishedAt = null;
        var sheetsRead = 0;
        foreach (var sheet in Workbook.Read(content.Bytes, kind.Expected))
        {
            var known = kind.Sheets.FirstOrDefault(candidate => ColumnName.Normalise(candidate.Name) == ColumnName.Normalise(sheet.Name));
            if (BlockHeader.Find(kind, sheet.Rows) is not { } header)
            {
                // A page of notes or contents. Where the name promises figures, it is a layout that is not known.
                if (known is { Columns.Count: > 0 })
                {
                    throw new PublicationFormatException(
                        $"a header row with '{kind.CodeHeaders[0]}' and '{kind.NameHeaders[0]}' in sheet '{sheet.Name.Trim()}'", "none");
                }

                continue;
            }

            if (known is null)
            {
                throw new PublicationFormatException("only known sheets with a table", $"the sheet '{sheet.Name.Trim()}'");
            }

            if (known.Columns.Count == 0)
            {
                continue;
            }

            sheetsRead++;
            Read(BlockHeader.Of(kind, known, sheet, header), sheet, reading);
            publishedAt = Later(publishedAt, Preamble.PublishedAt([.. sheet.Rows.Take(header)]));
        }

        return sheetsRead > 0
            ? reading.Complete(publishedAt)
            : throw new PublicationFormatException(
                $"{kind.Expected} with a sheet '{string.Join("', '", kind.Sheets.Where(sheet => sheet.Columns.Count > 0).Select(sheet => sheet.Name))}'", "no such sheet");
    }

    private void Read(BlockHeader header, Sheet sheet, StatementReading reading)
    {
        var body = sheet.Rows.Skip(header.Header + 1).ToArray();
        if (header.Columns.Count == 0)
        {
            throw new PublicationFormatException($"figures in sheet '{sheet.Name.Trim()}'", "none in any column that is read");
        }

        Period? quarter = kind.IsDatedByColumn ? null : QuarterOf(header, body);
        foreach (var row in body)
        {
            Read(row, header, sheet.Name.Trim(), quarter, reading);
        }
    }

    private void Read(TableRow row, BlockHeader header, string sheet, Period? quarter, StatementReading reading)
    {
        var code = row[header.Code];
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (IsEngland(code, row[header.Name]))
        {
            reading.SetAsideTotal(Numbers(row, header));
        }
        else if (code is "" or "-" && (IsWiderThanAnOrganisation(row[header.Name]) || Numbers(row, header).Count == 0))
        {
            // A region, England by another definition, a footnote: nothing that is one organisation's.
            reading.SetAsideNote();
        }
        else if (code is "" or "-")
        {
            reading.RejectRow(row.Number, $"figures in sheet '{sheet}' without an organisation code", row.Text);
        }
        else if (!OrganisationCode.TryParse(code, out var organisation))
        {
            reading.RejectRow(row.Number, $"'{code}' in sheet '{sheet}' is not an organisation code", row.Text);
        }
        else if (quarter is not null && Quarter(row, header) != quarter)
        {
            reading.RejectRow(row.Number, $"'{row[header.Year!.Value]}', '{row[header.PeriodEnd!.Value]}' is not the quarter of the file", row.Text);
        }
        else
        {
            reading.Accept(new DatedRow(sheet, row.Number, organisation, Cells(row, header, quarter), row.Text));
        }
    }

    private static bool IsEngland(string code, string name) =>
        (code is "" or "-" || TableRows.IsTotalWord(code)) && TableRows.IsTotalWord(name.TrimEnd('*', ' '));

    private static bool IsWiderThanAnOrganisation(string name) =>
        name.Length == 0
        || name.StartsWith("England", StringComparison.OrdinalIgnoreCase)
        || Regions.Contains(name.Replace(" region", "", StringComparison.OrdinalIgnoreCase).TrimEnd('*', ' '));

    private DatedCell[] Cells(TableRow row, BlockHeader header, Period? quarter)
    {
        var cells = header.Columns.Select(column => new DatedCell(Cell(row, column), column.Period ?? quarter!.Value)).ToArray();
        foreach (var (part, column) in header.Columns.Index())
        {
            var whole = column.Column.PartOf is { } metric
                ? Array.FindIndex(cells, cell => cell.Cell.Metric == metric && cell.Period == cells[part].Period)
                : -1;
            if (whole >= 0 && cells[part].Cell.Number > cells[whole].Cell.Number + Rounding)
            {
                var reason = $"{cells[part].Cell.Text.Trim()} of {cells[whole].Cell.Text.Trim()}: a part cannot exceed its whole";
                cells[part] = cells[part] with { Cell = cells[part].Cell.Refuse(reason) };
                cells[whole] = cells[whole] with { Cell = cells[whole].Cell.Refuse(reason) };
            }
        }

        return cells;
    }

    private ReportedCell Cell(TableRow row, PlacedColumn column)
    {
        var text = row[column.Position];
        if (kind.Markers.TryGetValue(text, out var absence))
        {
            return new ReportedCell(column.Column.Metric!.Value, column.Field, text, Figure.Absent(absence), null);
        }

        var figure = kind.HasFractions ? AmountText.Read(text, out var problem) : CountText.Read(text, out problem);
        return new ReportedCell(column.Column.Metric!.Value, column.Field, text, figure, problem);
    }

    private Dictionary<string, double> Numbers(TableRow row, BlockHeader header) =>
        header.Columns
            .Select(column => Cell(row, column))
            .Where(cell => cell.Number is not null)
            .ToDictionary(cell => cell.Field, cell => cell.Number!.Value);

    /// <summary>The quarter that most rows are about.</summary>
    private static Period QuarterOf(BlockHeader header, IEnumerable<TableRow> body)
    {
        var quarters = body.Select(row => Quarter(row, header)).OfType<Period>().CountBy(quarter => quarter).OrderByDescending(pair => pair.Value).ToArray();
        return quarters switch
        {
            [] => throw new PublicationFormatException("rows with a financial year such as '2021-22' and a period end such as 'March'", "not one"),
            [var first, var second, ..] when first.Value == second.Value => throw new PublicationFormatException(
                "a file about one quarter", $"{first.Value} rows each about {first.Key} and {second.Key}"),
            [var first, ..] => first.Key,
        };
    }

    private static Period? Quarter(TableRow row, BlockHeader header) =>
        header is { Year: { } year, PeriodEnd: { } end } ? BlockDates.Quarter(row[year], row[end]) : null;

    private static DateTimeOffset? Later(DateTimeOffset? first, DateTimeOffset? second) =>
        first is null || second > first ? second : first;
}
