using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Time;

namespace MetricsHub.Api;

/// <summary>How the API reads times: a date is a day in Europe/London, an instant says its offset. A local time without one is refused.</summary>
internal static partial class ApiTime
{
    public const string DateOrInstant = "Expected a date (2026-03-31) or an RFC 3339 instant with its offset (2026-03-31T12:00:00Z).";
    public const string Instant = "Expected an RFC 3339 instant with its offset (2026-03-31T12:00:00Z).";

    public static bool TryParseInstant(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || !Rfc3339().IsMatch(text))
        {
            return false;
        }

        // A plus sign that a client did not encode arrives as a space.
        return DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant)
            && instant.Year is >= 1900 and < 2200;
    }

    public static bool TryParseDate(string? text, out DateOnly date) =>
        CatalogueWords.TryParseDate(text, out date) && date.Year is >= 1900 and < 2200;

    /// <summary>A date stands for the instant at which the day starts.</summary>
    public static bool TryParseStart(string? text, out DateTimeOffset instant)
    {
        if (!TryParseDate(text, out var date))
        {
            return TryParseInstant(text, out instant);
        }

        instant = LondonCalendar.StartOf(date);
        return true;
    }

    /// <summary>A date stands for the instant at which the day ends.</summary>
    public static bool TryParseEnd(string? text, out DateTimeOffset instant)
    {
        if (!TryParseDate(text, out var date))
        {
            return TryParseInstant(text, out instant);
        }

        instant = LondonCalendar.StartOf(date.AddDays(1));
        return true;
    }

    /// <summary>What a checked parameter says; null where it was not given.</summary>
    public static DateTimeOffset? Start(string? text) => TryParseStart(text, out var instant) ? instant : null;

    public static DateTimeOffset? End(string? text) => TryParseEnd(text, out var instant) ? instant : null;

    public static DateTimeOffset? InstantOf(string? text) => TryParseInstant(text, out var instant) ? instant : null;

    /// <summary>The day that a checked parameter says, else today in Europe/London.</summary>
    public static DateOnly DayOf(string? text, TimeProvider clock) =>
        TryParseDate(text, out var date) ? date : LondonCalendar.DateOf(clock.GetUtcNow());

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+\- ]\d{2}:\d{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
