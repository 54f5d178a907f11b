using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Line protocol. Nothing needs an escape: metrics, organisations and sources are letters, digits and hyphens, and no other text is
/// written but hexadecimal digits. Numbers are floats without exception, for the first type of a field is its type for ever.
/// </summary>
internal static class LineProtocol
{
    /// <summary>A line; a field that is null is left out.</summary>
    /// <param name="tags">In alphabetical order, which spares InfluxDB the sorting.</param>
    public static string Line(string measurement, ReadOnlySpan<(string Name, string Value)> tags, ReadOnlySpan<(string Name, object? Value)> fields, long nanoseconds)
    {
        var line = new StringBuilder(measurement, 192);
        foreach (var (name, value) in tags)
        {
            line.Append(',').Append(name).Append('=').Append(value);
        }

        var separator = ' ';
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                line.Append(separator).Append(name).Append('=').Append(Text(value));
                separator = ',';
            }
        }

        return line.Append(' ').Append(nanoseconds.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>Lines as the body of a write, with gzip.</summary>
    public static byte[] Pack(IReadOnlyList<string> lines, int start, int count)
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(packed, CompressionLevel.Fastest), new UTF8Encoding(false)) { NewLine = "\n" })
        {
            for (var index = start; index < start + count; index++)
            {
                writer.WriteLine(lines[index]);
            }
        }

        return packed.ToArray();
    }

    private static string Text(object value) => value switch
    {
        string text => $"\"{text}\"",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a value of a field."),
    };
}
