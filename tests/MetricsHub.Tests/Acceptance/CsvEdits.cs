using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace MetricsHub.Tests.Acceptance;

/// <summary>A table in comma-separated text, to be spoilt cell by cell and column by column. Its header is its widest first row.</summary>
internal sealed class CsvEdits
{
    private const int RowsSearched = 20;

    private readonly List<string[]> rows = [];
    private readonly int header;

    public CsvEdits(byte[] bytes)
    {
        using var parser = new CsvParser(new StreamReader(new MemoryStream(bytes)), new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = false });
        while (parser.Read())
        {
            rows.Add([.. parser.Record!]);
        }

        var widest = rows.Take(RowsSearched).Max(Filled);
        header = rows.FindIndex(row => Filled(row) == widest);
    }

    public int Width => rows[header].Length;

    public string HeaderOf(int column) => rows[header][column];

    /// <summary>The first cell of a column that holds a digit; null where none does.</summary>
    public (int Row, string Text)? FirstNumber(int column)
    {
        var row = rows.FindIndex(header + 1, row => column < row.Length && row[column].Any(char.IsAsciiDigit));
        return row < 0 ? null : (row, rows[row][column]);
    }

    public byte[] WithCell(int row, int column, string text) => Write((index, cells) =>
        index == row ? [.. cells[..column], text, .. cells[(column + 1)..]] : cells);

    public byte[] Renamed(int column) => WithCell(header, column, "Quite another thing");

    public byte[] Without(int column) => Write((_, cells) => column < cells.Length ? [.. cells[..column], .. cells[(column + 1)..]] : cells);

    /// <summary>The column stands once more at the end, under the same name.</summary>
    public byte[] Twice(int column) => Write((index, cells) => index < header || cells.Length < Width ? cells : [.. cells, cells[column]]);

    public byte[] Reversed() => Write((index, cells) => index < header || cells.Length < Width ? cells : [.. cells.Reverse()]);

    public byte[] WithEmptyColumn() => Write((index, cells) => index < header || cells.Length < Width ? cells : [.. cells, ""]);

    /// <summary>The first row below the header stands once more at the end, with one cell changed where one is named.</summary>
    public byte[] Repeated(int? column, string text)
    {
        var row = rows[header + 1];
        return [.. Write((_, cells) => cells), .. Encoding.UTF8.GetBytes(LineOf(column is { } changed ? [.. row[..changed], text, .. row[(changed + 1)..]] : row))];
    }

    private static int Filled(string[] row) => row.Count(cell => cell.Length > 0);

    private byte[] Write(Func<int, string[], string[]> change) =>
        Encoding.UTF8.GetBytes(string.Concat(rows.Select((cells, index) => LineOf(change(index, cells)))));

    private static string LineOf(string[] cells) =>
        string.Join(',', cells.Select(cell => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)) + "\r\n";
}
