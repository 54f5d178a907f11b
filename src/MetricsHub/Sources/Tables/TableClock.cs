using System.Globalization;

namespace MetricsHub.Sources.Tables;

/// <summary>Reads the time of a row. A time that the clocks skip is refused; one that they show twice means what the mapping says.</summary>
/// <param name="isWorkbook">Whether a cell may be a date by itself, which <see cref="Workbook"/> gives in its own form.</param>
internal sealed class TableClock(TableTime time, bool isWorkbook)
{
    private const int FirstYear = 2000;
    private const int LastYear = 2099;

    private static readonly string[] Iso =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd",
    ];

    private readonly string[] formats =
        [.. time.Formats.Count == 0 ? Iso : time.Formats, .. isWorkbook ? [Workbook.DateFormat, Workbook.TimeFormat] : Array.Empty<string>()];

    // Rows of one instant stand together in most files.
    private (string Text, DateTimeOffset Instant) last = ("", default);

    /// <returns>Null, with the instant in UTC; or why the text is no time.</returns>
    public string? Read(string text, out DateTimeOffset instant)
    {
        instant = last.Instant;
        if (text == last.Text && text.Length > 0)
        {
            return null;
        }

        var problem = Parse(text, out instant);
        if (problem is null)
        {
            last = (text, instant);
        }

        return problem;
    }

    private string? Parse(string text, out DateTimeOffset instant)
    {
        instant = default;
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var local))
        {
            return $"'{text}' is not a time in the form {(time.Formats.Count == 0 ? "2026-11-22T10:15:00Z" : string.Join(" or ", time.Formats))}";
        }

        if (local.Year is < FirstYear or > LastYear)
        {
            return $"'{text}' lies outside the years {FirstYear} to {LastYear}";
        }

        // Without an offset in the text no kind is given.
        if (local.Kind == DateTimeKind.Unspecified)
        {
            return FromZone(text, local, out instant);
        }

        instant = DateTimeOffset.ParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None).ToUniversalTime();
        return null;
    }

    private string? FromZone(string text, DateTime local, out DateTimeOffset instant)
    {
        instant = default;
        if (time.Zone is not { } zone)
        {
            return $"'{text}' bears no offset, and the mapping names no zone";
        }

        if (zone.IsInvalidTime(local))
        {
            return $"'{text}' does not exist in {zone.Id}: the clocks skip it";
        }

        if (!zone.IsAmbiguousTime(local))
        {
            instant = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            return null;
        }

        // The clock runs through the hour with summer's offset, the larger one, before it does so again.
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        instant = new DateTimeOffset(local, time.Ambiguous == AmbiguousTime.Second ? offsets.Min() : offsets.Max()).ToUniversalTime();
        return time.Ambiguous == AmbiguousTime.Refuse
            ? $"'{text}' comes twice in {zone.Id}, when the clocks go back: the mapping can say 'ambiguous: first' or 'second'"
            : null;
    }
}
