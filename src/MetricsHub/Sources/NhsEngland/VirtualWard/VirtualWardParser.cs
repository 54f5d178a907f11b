using MetricsHub.Domain.Organisations;
using static MetricsHub.Sources.NhsEngland.VirtualWard.VirtualWardColumns;

namespace MetricsHub.Sources.NhsEngland.VirtualWard;

/// <summary>
/// NHS England's monthly virtual ward workbook: capacity and patients by integrated care board, as they stood at 08:00 on the
/// Thursday before the month's end.
/// </summary>
internal sealed class VirtualWardParser : IPublicationParser
{
    private const string Expected = "the virtual ward workbook (XLSX)";
    private const int HeaderRowsSearched = 50;
    private const int FewestMatches = 3;

    public int Version => 1;

    public ParsedPublication Parse(PublicationContent content)
    {
        var tables = Workbook.Read(content.Bytes, Expected)
            .SelectMany(sheet => sheet.Rows
                .Take(HeaderRowsSearched)
                .Select((row, index) => (sheet, index, Matches: ColumnMap.Matches(row.Cells.Select(Plain), Headers))))
            .Where(table => table.Matches >= FewestMatches)
            .OrderByDescending(table => table.Matches)
            .ToArray();
        return tables switch
        {
            [] => throw new PublicationFormatException($"a sheet with a header row of '{string.Join("', '", Headers)}'", "none"),
            [var first, var second, ..] when first.Matches == second.Matches => throw new PublicationFormatException(
                "one table", $"one in sheet '{first.sheet.Name}' row {first.index + 1} and one in sheet '{second.sheet.Name}' row {second.index + 1}"),
            [var only, ..] => Read(only.sheet.Rows, only.index),
        };
    }

    private static ParsedPublication Read(IReadOnlyList<TableRow> rows, int header)
    {
        var preamble = rows.Take(header).ToArray();
        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of([.. rows[header].Cells.Select(Plain)], Headers, IsNotRead, body);
        var period = VirtualWardPreamble.Month(preamble);
        var reading = new PublicationReading();
        foreach (var row in body)
        {
            Read(row, columns, reading);
        }

        return body.Any(row => !row.IsBlank)
            ? reading.Complete(period, Preamble.PublishedAt(preamble))
            : throw new PublicationFormatException("rows below the header row", "none");
    }

    private static void Read(TableRow row, ColumnMap columns, PublicationReading reading)
    {
        var code = row[columns[Code]];
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (IsNote(row, columns))
        {
            reading.SetAsideNote();
        }
        else if (code is "" or "-" && TableRows.IsTotalWord(row[columns[Name]].TrimEnd('*', ' ')))
        {
            reading.SetAsideTotal(VirtualWardRow.Numbers(row, columns));
        }
        else if (!OrganisationCode.TryParse(code, out var organisation))
        {
            reading.RejectRow(row.Number, $"'{code}' is not an organisation code", row.Text);
        }
        else
        {
            reading.Accept(VirtualWardRow.Of(row, columns, organisation));
        }
    }

    /// <summary>Whether one cell only holds something, and none that is read: a footnote. The table does not start in the first column.</summary>
    private static bool IsNote(TableRow row, ColumnMap columns) =>
        row.Cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) == 1 && Headers.All(header => row[columns[header]].Length == 0);
}
