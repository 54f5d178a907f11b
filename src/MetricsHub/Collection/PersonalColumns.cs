using System.Buffers;
using System.Text;
using MetricsHub.Sources;

namespace MetricsHub.Collection;

/// <summary>
/// Empties the cells of columns that name people while comma-separated text (RFC 4180) streams through; every other byte passes as it
/// is. Whatever would leave a doubt about which cell is which, refuses the whole file: a renamed column, malformed quoting, anything
/// that is not such text.
/// </summary>
/// <param name="names">The columns, compared by <see cref="ColumnName"/>. All of them have to be there.</param>
/// <exception cref="ArgumentException">A name has no letter or digit to know it by.</exception>
internal sealed class PersonalColumns(IReadOnlyList<string> names, Stream destination)
{
    // Title lines above the header row pass; a name further down than this is not a header any more.
    private const int HeaderBytes = 65_536;

    private const string Expected = "comma-separated text with personal columns to cut";

    private readonly HashSet<string> wanted = [.. names.Select(Known)];
    private readonly HashSet<int> cut = [];
    private readonly ArrayBufferWriter<byte> cell = new();
    private readonly List<string> record = [];
    private State state = State.CellStart;
    private int column;
    private long seen;
    private bool headerFound;

    private enum State
    {
        CellStart,
        Plain,
        Quoted,

        /// <summary>After a quote within a quoted cell: the cell's end, or the first half of a quote that is meant.</summary>
        QuoteInQuoted,
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value == 0)
            {
                throw new PublicationFormatException(Expected, "a workbook, an archive or UTF-16 text, which personal columns cannot be cut from");
            }

            seen++;
            Step(value);
            if (!headerFound && seen > HeaderBytes)
            {
                throw Missing();
            }
        }
    }

    /// <summary>Ends the last cell. To be called once, after everything was written.</summary>
    public void Complete()
    {
        if (state == State.Quoted)
        {
            throw new PublicationFormatException(Expected, "an opening quote that is never closed");
        }

        EndCell();
        EndRecord();
        if (!headerFound)
        {
            throw Missing();
        }
    }

    private void Step(byte value)
    {
        if (state != State.Quoted && value is (byte)',' or (byte)'\r' or (byte)'\n')
        {
            EndCell();
            destination.WriteByte(value);
            column++;
            if (value != ',')
            {
                EndRecord();
            }

            return;
        }

        state = (state, value) switch
        {
            (State.CellStart or State.QuoteInQuoted, (byte)'"') => State.Quoted,
            (State.Quoted, (byte)'"') => State.QuoteInQuoted,
            (State.Quoted, _) => State.Quoted,
            (State.QuoteInQuoted, _) => throw new PublicationFormatException(Expected, $"text after a closing quote near byte {seen}"),
            (_, (byte)'"') => throw new PublicationFormatException(Expected, $"a quote within an unquoted cell near byte {seen}"),

            // A byte order mark stands before the first cell's quote, if it has one.
            _ => seen <= 3 && value is 0xEF or 0xBB or 0xBF ? State.CellStart : State.Plain,
        };
        Keep(value);
    }

    private void Keep(byte value)
    {
        if (!headerFound)
        {
            cell.Write([value]);
        }

        if (!headerFound || !cut.Contains(column))
        {
            destination.WriteByte(value);
        }
    }

    private void EndCell()
    {
        state = State.CellStart;
        if (!headerFound)
        {
            record.Add(ColumnName.Normalise(Encoding.UTF8.GetString(cell.WrittenSpan)));
            cell.ResetWrittenCount();
        }
    }

    private void EndRecord()
    {
        column = 0;
        if (headerFound)
        {
            return;
        }

        if (wanted.All(record.Contains))
        {
            headerFound = true;
            cut.UnionWith(Enumerable.Range(0, record.Count).Where(index => wanted.Contains(record[index])));
        }

        record.Clear();
    }

    private static string Known(string name) =>
        ColumnName.Normalise(name) is { Length: > 0 } known ? known : throw new ArgumentException($"'{name}' is not a column's name.", nameof(name));

    private PublicationFormatException Missing() =>
        new($"a header row with the personal columns '{string.Join("', '", names)}'", "none; nothing was kept, because what should be cut cannot be found");
}
