using System.Globalization;
using System.Text;

namespace MetricsHub.Api;

/// <summary>
/// One record of a CSV file by RFC 4180, field by field. Text that a spreadsheet would run as a formula gets an apostrophe in front;
/// numbers, days and instants never do, so that a negative number stays one.
/// </summary>
internal sealed class CsvLine
{
    private readonly StringBuilder text = new();
    private bool started;

    public CsvLine Text(string? value)
    {
        var guarded = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0', ..] ? "'" + value : value;
        return Field(guarded ?? "");
    }

    public CsvLine Number(double? value) => Field(value?.ToString("R", CultureInfo.InvariantCulture) ?? "");

    public CsvLine Number(long? value) => Field(value?.ToString(CultureInfo.InvariantCulture) ?? "");

    public CsvLine Instant(DateTimeOffset? value) => Field(value is { } instant ? ApiJson.ToText(instant) : "");

    public CsvLine Date(DateOnly? value) => Field(value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    public void End() => (_, started) = (text.Append("\r\n"), false);

    /// <summary>What was written since the last call.</summary>
    public string Take()
    {
        var taken = text.ToString();
        text.Clear();
        return taken;
    }

    public int Length => text.Length;

    private CsvLine Field(string value)
    {
        if (started)
        {
            text.Append(',');
        }

        started = true;
        if (value.AsSpan().IndexOfAny("\",\r\n") >= 0)
        {
            text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            text.Append(value);
        }

        return this;
    }
}
