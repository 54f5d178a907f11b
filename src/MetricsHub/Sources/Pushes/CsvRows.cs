namespace MetricsHub.Sources.Pushes;

/// <summary>Rows in comma-separated text: the first line names the columns, in any order.</summary>
internal static class CsvRows
{
    private static readonly string Expected = $"comma-separated text with the columns {string.Join(", ", RowFields.All)}";

    /// <exception cref="PublicationFormatException">It is no such text, or a column is missing, unknown or stands twice.</exception>
    public static List<PushedRow> Read(ReadOnlyMemory<byte> bytes)
    {
        var rows = CsvTable.Read(bytes, Expected);
        var columns = ColumnsIn(rows[0]);
        return [.. rows.Skip(1).Select(row => RowOf(row, columns, rows[0].Cells.Count))];
    }

    private static Dictionary<string, int> ColumnsIn(TableRow header)
    {
        var columns = new Dictionary<string, int>();
        foreach (var index in Enumerable.Range(0, header.Cells.Count))
        {
            if (!RowFields.All.Contains(header[index]) || !columns.TryAdd(header[index], index))
            {
                throw new PublicationFormatException(Expected, $"the column '{RowFields.Cut(header[index])}'{(columns.ContainsKey(header[index]) ? " twice" : "")}");
            }
        }

        // One of these two may be left out where no row needs it.
        var missing = RowFields.All.Take(3).Where(name => !columns.ContainsKey(name)).ToArray();
        return missing.Length == 0 && columns.Count > 3
            ? columns
            : throw new PublicationFormatException(Expected, $"no column '{(missing.Length > 0 ? missing[0] : RowFields.Value)}'");
    }

    private static PushedRow RowOf(TableRow row, Dictionary<string, int> columns, int width)
    {
        if (row.Cells.Count != width)
        {
            return PushedRow.Unreadable(row.Number, new RowProblem(null, row.IsBlank ? "an empty row" : $"the row has {row.Cells.Count} cells and the header row {width}"), () => row.Text);
        }

        return new PushedRow(
            row.Number, row[columns[RowFields.Metric]], row[columns[RowFields.Organisation]], new StatedTime(row[columns[RowFields.At]]),
            CellOf(RowFields.Value), CellOf(RowFields.Absence), () => row.Text);

        string? CellOf(string name) => columns.TryGetValue(name, out var index) && row[index] is { Length: > 0 } text ? text : null;
    }
}
