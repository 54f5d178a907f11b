using System.Globalization;
using System.Text;
using ExcelDataReader;

namespace MetricsHub.Sources;

/// <summary>A sheet of a workbook, its cells as text in invariant form: <c>0.6411</c>, <c>10 August 2023</c>, <c>#REF!</c>.</summary>
internal sealed record Sheet(string Name, IReadOnlyList<TableRow> Rows);

/// <summary>Reads the visible sheets of an XLSX workbook, after holding it to <see cref="ArchiveLimits"/>.</summary>
internal static class Workbook
{
    /// <summary>How a cell that is a date comes.</summary>
    public const string DateFormat = "d MMMM yyyy";

    /// <summary>How a cell that is a date with a time of day comes.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss";

    // The library asks for Windows-1252, which only workbooks older than XLSX need, before it looks at the file.
    static Workbook() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="expected">What the file should be, for the message.</param>
    /// <exception cref="PublicationFormatException">It is no workbook, is damaged, or unpacks to too much.</exception>
    public static IReadOnlyList<Sheet> Read(ReadOnlyMemory<byte> bytes, string expected)
    {
        if (!bytes.Span.StartsWith("PK"u8))
        {
            throw new PublicationFormatException(expected, bytes.IsEmpty ? "an empty file" : "a file that is no XLSX workbook");
        }

        ArchiveLimits.Default.Check(bytes, expected);
        try
        {
            var errors = WorkbookErrors.In(bytes);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes.ToArray(), writable: false));
            var sheets = new List<Sheet>();
            do
            {
                if (reader.VisibleState == "visible")
                {
                    sheets.Add(new Sheet(reader.Name, [.. Rows(reader, errors)]));
                }
            }
            while (reader.NextResult());
            return sheets;
        }
        catch (Exception exception) when (exception is not (PublicationFormatException or OutOfMemoryException))
        {
            // The library throws whatever a broken sheet makes it stumble over; to the hub all of it means the same.
            throw new PublicationFormatException(expected, $"a workbook that cannot be read ({exception.Message.TrimEnd('.')})", exception);
        }
    }

    /// <summary>Every row of every sheet, the hidden ones too, as the library reads them; for whoever only looks for something.</summary>
    /// <param name="bytes">A workbook that was held to <see cref="ArchiveLimits"/> before.</param>
    /// <returns>The sheet's number from 1, and the row. Reading on throws whatever a broken sheet makes the library stumble over.</returns>
    public static IEnumerable<(int Sheet, TableRow Row)> AllRows(ReadOnlyMemory<byte> bytes)
    {
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(bytes.ToArray(), writable: false));
        var sheet = 1;
        do
        {
            foreach (var row in Rows(reader, new Dictionary<(string, int, int), string>()))
            {
                yield return (sheet, row);
            }

            sheet++;
        }
        while (reader.NextResult());
    }

    private static IEnumerable<TableRow> Rows(IExcelDataReader reader, IReadOnlyDictionary<(string Sheet, int Row, int Column), string> errors)
    {
        for (var number = 1; reader.Read(); number++)
        {
            yield return new TableRow(number, [.. Enumerable.Range(0, reader.FieldCount).Select(column =>
                errors.GetValueOrDefault((reader.Name, number, column)) ?? Text(reader.GetValue(column)))]);
        }
    }

    /// <summary>A workbook counts days as binary fractions: 10:15 is a hair's breadth off.</summary>
    private static string TextOf(DateTime date)
    {
        var rounded = new DateTime((date.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
        return rounded.ToString(rounded.TimeOfDay == TimeSpan.Zero ? DateFormat : TimeFormat, CultureInfo.InvariantCulture);
    }

    private static string Text(object? value) => value switch
    {
        DateTime date => TextOf(date),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
