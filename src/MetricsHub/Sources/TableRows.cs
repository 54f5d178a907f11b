namespace MetricsHub.Sources;

/// <summary>Questions that every table of organisations answers alike.</summary>
internal static class TableRows
{
    public static bool IsTotalWord(string cell) =>
        cell.Equals("total", StringComparison.OrdinalIgnoreCase) || cell.Equals("england", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a row holds text in its first cell only: a footnote.</summary>
    public static bool IsNote(TableRow row) => row[0].Length > 0 && row.Cells.Skip(1).All(string.IsNullOrWhiteSpace);

    /// <summary>Why a row cannot belong to the table, or null where it can.</summary>
    /// <exception cref="PublicationFormatException">The file ends in the middle of the row: nobody knows how much is missing.</exception>
    public static string? WidthProblem(TableRow row, ColumnMap columns)
    {
        var found = $"row {row.Number} has {row.Cells.Count} of {columns.Width} cells";
        if (row.EndsFile && row.Cells.Count < columns.Width)
        {
            // Wherever it ends: the rows that would follow are missing, even where the columns that are read are there.
            throw new PublicationFormatException("a whole file", $"one that is cut off: its last {found}");
        }

        if (row.Cells.Count <= columns.LastMapped)
        {
            return found;
        }

        return row.Cells.Skip(columns.Width).Any(cell => !string.IsNullOrWhiteSpace(cell))
            ? $"row {row.Number} has {row.Cells.Count} cells and the header row {columns.Width}"
            : null;
    }
}
