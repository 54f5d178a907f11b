using System.Buffers;
using System.Text;
using System.Text.Unicode;
using MetricsHub.Domain.Privacy;

namespace MetricsHub.Collection.Gate;

/// <summary>
/// Tells the gate the cells of text that is parted by some sign. Lenient, unlike the parsers: a file that a parser refuses must be looked
/// through all the same, and a quote that is never closed must not hide what comes after it.
/// </summary>
internal static class TextFields
{
    /// <summary>Names stand in the first lines of a table, below its title; further down they are values.</summary>
    public const int HeaderRows = 30;

    private static readonly SearchValues<char> Partings = SearchValues.Create(",;\t|\r\n");

    /// <summary>UTF-8, UTF-16, or else a letter for every byte, so that digits are digits in any of them.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        var text = (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

        // UTF-16 without its mark is ASCII with a zero beside every letter.
        return text.Replace("\0", "", StringComparison.Ordinal).TrimStart('\uFEFF');
    }

    public static void Tell(ReadOnlySpan<char> text, int part, PatientDataGate gate)
    {
        var (row, field) = (1, 1);
        while (!text.IsEmpty && gate.Finding is null)
        {
            var cell = text[..LengthOfCell(text)];
            TellCell(new FieldPlace(part, field), cell, row <= HeaderRows, gate);
            text = text[cell.Length..];
            if (!text.IsEmpty)
            {
                var endsRow = text[0] is '\r' or '\n';
                (row, field) = endsRow ? (row + 1, 1) : (row, field + 1);
                text = text[(text.StartsWith("\r\n") ? 2 : 1)..];
            }
        }
    }

    private static void TellCell(FieldPlace place, ReadOnlySpan<char> cell, bool canBeName, PatientDataGate gate)
    {
        var content = cell.Trim(" \"'");
        if (canBeName && !content.IsEmpty)
        {
            gate.Name(place, content.ToString());
        }

        gate.Value(place, content);
    }

    /// <summary>Up to the next parting sign; in quotes, beyond those that are quoted, where the quote is closed in the same row.</summary>
    private static int LengthOfCell(ReadOnlySpan<char> text)
    {
        var from = 0;
        if (text[0] == '"' && text[1..].IndexOfAny('"', '\n') is var closing and >= 0 && text[closing + 1] == '"')
        {
            from = closing + 2;
        }

        var end = text[from..].IndexOfAny(Partings);
        return end < 0 ? text.Length : from + end;
    }
}
