using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace MetricsHub.Sources;

/// <summary>A line of a table, as read.</summary>
/// <param name="Number">Counted from 1 at the top of the file, blank lines too: the number that a spreadsheet shows.</param>
/// <param name="EndsFile">Whether the file ends with it, and not with a line break as a finished file does.</param>
internal sealed record TableRow(int Number, IReadOnlyList<string> Cells, bool EndsFile = false)
{
    public bool IsBlank => Cells.All(string.IsNullOrWhiteSpace);

    /// <summary>The cell without surrounding spaces; empty where the row is too short to have it.</summary>
    public string this[int column] => column < Cells.Count ? Cells[column].Trim() : "";

    /// <summary>The whole row in one line, for a rejection.</summary>
    public string Text => string.Join(',', Cells);
}

/// <summary>Reads comma-separated text (RFC 4180) after making sure that it is text at all.</summary>
internal static class CsvTable
{
    // Malformed quoting shifts figures into other columns: such a file is refused, which is the library's default, not guessed at.
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ",",
        HasHeaderRecord = false,

        // Blank lines count, or every row number below one would be wrong.
        IgnoreBlankLines = false,

        // The same few codes and instants stand in most rows.
        CacheFields = true,
    };

    private static readonly SearchValues<byte> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(code => code is not ('\t' or '\n' or '\r')).Select(code => (byte)code), 0x7F]);

    /// <param name="expected">What the file should be, for the message.</param>
    /// <exception cref="PublicationFormatException">The bytes are not comma-separated text.</exception>
    public static IReadOnlyList<TableRow> Read(ReadOnlyMemory<byte> bytes, string expected)
    {
        var text = TextOf(bytes.Span, expected);
        if (text.AsSpan().Count('"') % 2 != 0)
        {
            throw new PublicationFormatException(expected, "a quote that has no partner: the file is cut off or damaged");
        }

        var rows = new List<TableRow>();
        try
        {
            using var parser = new CsvParser(new StringReader(text), Configuration);
            while (parser.Read())
            {
                rows.Add(new TableRow(rows.Count + 1, parser.Record ?? []));
            }
        }
        catch (CsvHelperException exception)
        {
            throw new PublicationFormatException(expected, $"malformed quoting in row {rows.Count + 1}: the file is damaged", exception);
        }

        if (rows.Count > 0 && text[^1] is not ('\n' or '\r'))
        {
            rows[^1] = rows[^1] with { EndsFile = true };
        }

        return rows;
    }

    private static string TextOf(ReadOnlySpan<byte> bytes, string expected)
    {
        var content = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var found = content switch
        {
            _ when content.IndexOfAnyExcept(" \t\r\n"u8) < 0 => "an empty file",
            _ when content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) => "UTF-16 text",
            _ when content.StartsWith("PK"u8) => "a ZIP archive or a workbook",
            _ when content.TrimStart(" \t\r\n"u8).StartsWith("<"u8) => "a page of HTML or XML",
            _ when content.Contains((byte)0) => "binary data, or UTF-16 text",
            _ when content.IndexOfAny(ControlCharacters) >= 0 => "binary data",
            _ => null,
        };
        if (found is not null)
        {
            throw new PublicationFormatException(expected, found);
        }

        // Spreadsheets outside the UTF-8 world save Windows-1252. Only organisations' names can hold such letters, and names are not
        // read, so it is enough that every byte becomes some letter.
        return (Utf8.IsValid(content) ? Encoding.UTF8 : Encoding.Latin1).GetString(content);
    }
}
