using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.Blocks;

/// <summary>A column of a sheet that is read.</summary>
/// <param name="Field">The column as a reader of the sheet would name it, for rejections and totals.</param>
/// <param name="Period">Null where the row names the period.</param>
internal sealed record PlacedColumn(int Position, string Field, BlockColumn Column, Period? Period);

/// <summary>Where everything stands in a sheet: found by the texts of its header rows, never by position.</summary>
/// <param name="Header">The index of the header row.</param>
internal sealed record BlockHeader(int Header, int Code, int Name, int? Year, int? PeriodEnd, IReadOnlyList<PlacedColumn> Columns)
{
    private const int RowsSearched = 50;

    /// <summary>The index of the header row: the first that names both the column of codes and that of names; null where none does.</summary>
    public static int? Find(BlockWorkbookKind kind, IReadOnlyList<TableRow> rows)
    {
        var index = rows.Take(RowsSearched).ToList().FindIndex(row => Position(row, kind.CodeHeaders) >= 0 && Position(row, kind.NameHeaders) >= 0);
        return index < 0 ? null : index;
    }

    /// <exception cref="PublicationFormatException">A row of dates or titles is missing, or a column is unknown and holds something, or stands twice.</exception>
    public static BlockHeader Of(BlockWorkbookKind kind, BlockSheet known, Sheet sheet, int header)
    {
        var names = sheet.Rows[header];
        string[] identifying = [.. kind.CodeHeaders, .. kind.NameHeaders, .. kind.OtherHeaders];
        var isIdentifying = names.Cells.Select(cell => Matches(cell, identifying)).ToArray();
        bool IsValue(int column) => column >= isIdentifying.Length || !isIdentifying[column];

        var above = sheet.Rows.Take(header + 1).Reverse().ToArray();
        var dates = kind.IsDatedByColumn
            ? Row(above, (cell, column) => IsValue(column) && BlockDates.Date(cell) is not null)
                ?? throw new PublicationFormatException($"a row of dates above the header row of sheet '{sheet.Name.Trim()}'", "none")
            : null;
        var titles = kind.Titles.Count > 0
            ? Row(above, (cell, column) => IsValue(column) && Matches(cell, kind.Titles))
                ?? throw new PublicationFormatException($"a row with '{string.Join("', '", kind.Titles)}' in sheet '{sheet.Name.Trim()}'", "none")
            : null;

        return new BlockHeader(
            header,
            Position(names, kind.CodeHeaders),
            Position(names, kind.NameHeaders),
            PositionOrNull(names, "Year"),
            PositionOrNull(names, "Period End"),
            [.. Place(kind, known, sheet, header, IsValue, dates, titles)]);
    }

    private static IEnumerable<PlacedColumn> Place(
        BlockWorkbookKind kind, BlockSheet known, Sheet sheet, int header, Func<int, bool> isValue, TableRow? dates, TableRow? titles)
    {
        var body = sheet.Rows.Skip(header + 1).ToArray();
        var byLabel = known.Columns.ToDictionary(column => ColumnName.Normalise(column.Label));
        var seen = new HashSet<(string What, DateOnly? Date)>();
        DateOnly? date = null;
        var title = "";
        for (var position = 0; position < sheet.Rows.Max(row => row.Cells.Count); position++)
        {
            if (!isValue(position))
            {
                continue;
            }

            // Dates and titles are merged over the columns of their block, or written once: each holds until the next.
            date = dates is not null && dates[position].Length > 0 ? BlockDates.Date(dates[position]) : date;
            title = titles is not null && titles[position].Length > 0 ? titles[position] : title;

            // A column without a single entry states nothing, whatever stands above it: days to come, a gap between blocks.
            if (body.FirstOrDefault(row => row[position].Length > 0) is not { } filled)
            {
                continue;
            }

            var name = sheet.Rows[header][position];
            var label = kind.Label switch
            {
                BlockLabel.Header => name,
                BlockLabel.Title => title,
                _ => $"{title} {name}".Trim(),
            };
            if (!byLabel.TryGetValue(ColumnName.Normalise(label), out var column))
            {
                throw new PublicationFormatException(
                    $"only known columns in sheet '{sheet.Name.Trim()}', or unknown ones that are empty",
                    $"column {position + 1} '{label}' with '{filled[position]}' in row {filled.Number}");
            }

            if (dates is not null && date is null)
            {
                throw new PublicationFormatException($"a date above every column of sheet '{sheet.Name.Trim()}'", $"none above column {position + 1} '{label}'");
            }

            if (!seen.Add((column.Metric?.ToString() ?? column.Label, date)))
            {
                throw new PublicationFormatException(
                    $"every column once in sheet '{sheet.Name.Trim()}'", $"a second column '{label}'{BlockDates.Of(date)}: column {position + 1}");
            }

            if (column.Metric is not null)
            {
                yield return new PlacedColumn(position, $"{sheet.Name.Trim()}: {label}{BlockDates.Of(date)}", column, BlockDates.PeriodOf(column.Period, date));
            }
        }
    }

    private static TableRow? Row(IEnumerable<TableRow> rows, Func<string, int, bool> isSought) =>
        rows.FirstOrDefault(row => row.Cells.Index().Any(cell => isSought(cell.Item.Trim(), cell.Index)));

    private static int Position(TableRow row, IReadOnlyList<string> names) =>
        row.Cells.Index().Where(cell => Matches(cell.Item, names)).Select(cell => cell.Index).DefaultIfEmpty(-1).First();

    private static int? PositionOrNull(TableRow row, string name) => Position(row, [name]) is var position && position >= 0 ? position : null;

    private static bool Matches(string cell, IEnumerable<string> names) =>
        cell.Trim().Length > 0 && ColumnName.Normalise(cell) is var normal && names.Any(name => ColumnName.Normalise(name) == normal);
}
