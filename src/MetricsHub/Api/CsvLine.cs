using System.Buffers;
using System.Globalization;
using System.Text;

namespace MetricsHub.Api;

/// <summary>
/// Records of a CSV file by RFC 4180, field by field, in UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe in front;
/// numbers, days and instants never do, so that a negative number stays one.
/// </summary>
internal sealed class CsvLine
{
    private const int LongestValue = 64;

    private readonly ArrayBufferWriter<byte> written = new();
    private bool started;

    /// <summary>How many bytes were written since the last <see cref="Take"/>.</summary>
    public int Length => written.WrittenCount;

    public CsvLine Text(string? value)
    {
        Part();
        var guarded = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0', ..] ? "'" + value : value ?? "";
        Encoding.UTF8.GetBytes(
            guarded.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{guarded.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : guarded, written);
        return this;
    }

    public CsvLine Number(double? value) => Value(value, "R");

    public CsvLine Number(long? value) => Value(value, "");

    public CsvLine Instant(DateTimeOffset? value)
    {
        if (value is not { } instant || instant.UtcTicks % TimeSpan.TicksPerSecond != 0)
        {
            return Text(value is { } fraction ? ApiJson.ToText(fraction) : null);
        }

        // Nearly all are whole seconds, for which the runtime has a quicker way than a format of one's own.
        Value<DateTime>(instant.UtcDateTime, "s");
        written.Write("Z"u8);
        return this;
    }

    public CsvLine Date(DateOnly? value) => Value(value, "yyyy-MM-dd");

    public void End()
    {
        written.Write("\r\n"u8);
        started = false;
    }

    /// <summary>What was written since the last call.</summary>
    public byte[] Take()
    {
        var taken = written.WrittenSpan.ToArray();
        written.ResetWrittenCount();
        return taken;
    }

    // None of these ever holds a sign that would have to be quoted.
    private CsvLine Value<T>(T? value, string format)
        where T : struct, IUtf8SpanFormattable
    {
        Part();
        if (value is { } given)
        {
            given.TryFormat(written.GetSpan(LongestValue), out var length, format, CultureInfo.InvariantCulture);
            written.Advance(length);
        }

        return this;
    }

    private void Part()
    {
        if (started)
        {
            written.Write(","u8);
        }

        started = true;
    }
}
