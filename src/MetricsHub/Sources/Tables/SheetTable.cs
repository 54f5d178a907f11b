namespace MetricsHub.Sources.Tables;

/// <summary>A table in comma-separated text or in a sheet of a workbook: its header row is the first that names every field.</summary>
internal static class SheetTable
{
    private const int HeaderRowsSearched = 30;
    private const string Text = "comma-separated text";
    private const string XlsxWorkbook = "an XLSX workbook";

    /// <exception cref="PublicationFormatException">It is no such table, or a named field is missing or stands twice.</exception>
    public static IEnumerable<FieldRow> Read(ReadOnlyMemory<byte> bytes, TableDefinition definition)
    {
        var fields = definition.FieldsRead();
        var rows = definition.Format == TableFormat.Csv ? CsvTable.Read(bytes, Text) : SheetOf(bytes, definition.Sheet!).Rows;
        var header = rows
            .Take(HeaderRowsSearched)
            .Select((row, index) => (Index: index, Matches: ColumnMap.Matches(row.Cells, fields)))
            .DefaultIfEmpty((Index: -1, Matches: 0))
            .MaxBy(candidate => candidate.Matches)
            .Index;
        if (header < 0)
        {
            throw new PublicationFormatException($"a header row with '{string.Join("', '", fields)}'", "an empty sheet");
        }

        // Providers add columns as they please: one that the mapping does not name is none of its business.
        var columns = ColumnMap.Of(rows[header].Cells, fields, isDerived: null, body: []);
        var positions = Array.ConvertAll(fields, field => columns[field]);
        return rows.Skip(header + 1).Select(row => RowOf(row, columns, positions));
    }

    private static FieldRow RowOf(TableRow row, ColumnMap columns, int[] positions)
    {
        var isBlank = row.IsBlank;
        return new FieldRow(
            row.Number, Array.ConvertAll(positions, position => row[position]), isBlank, isBlank ? null : TableRows.WidthProblem(row, columns), () => row.Text);
    }

    private static Sheet SheetOf(ReadOnlyMemory<byte> bytes, string name)
    {
        var sheets = Workbook.Read(bytes, XlsxWorkbook);
        return sheets.FirstOrDefault(sheet => sheet.Name.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new PublicationFormatException($"the sheet '{name}'", $"'{string.Join("', '", sheets.Select(sheet => sheet.Name))}'");
    }
}
