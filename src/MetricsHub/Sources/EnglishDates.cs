using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Sources;

/// <summary>Reads months and dates as publishers write them: <c>DECEMBER</c>, <c>May-2025</c>, <c>10th August 2023</c>.</summary>
internal static partial class EnglishDates
{
    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12)];

    /// <summary>The number of a month by its English name, whole or its first three letters; null for anything else.</summary>
    public static int? MonthNumber(string name)
    {
        // Three letters are a month's beginning; "Sept" is the one longer abbreviation in use.
        var index = name.Equals("sept", StringComparison.OrdinalIgnoreCase) ? 8 : Array.FindIndex(Months, month =>
            month.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (name.Length == 3 && month.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        return index < 0 ? null : index + 1;
    }

    /// <summary>Every month with its year that a text names. A month that belongs to a date, <c>12 June 2025</c>, is not one of them.</summary>
    public static IEnumerable<(int Year, int Month)> MonthsIn(string text) =>
        MonthAndYear().Matches(text)
            .Where(match => !match.Groups["day"].Success)
            .Select(match => (Year: Number(match.Groups["year"]), Month: MonthNumber(match.Groups["month"].Value)))
            .Where(month => month.Month is not null)
            .Select(month => (month.Year, month.Month!.Value))
            .Distinct();

    /// <summary>The date that a text consists of, <c>10th August 2023</c>; null where it is none.</summary>
    public static DateOnly? Date(string text)
    {
        var match = WholeDate().Match(text.Trim());
        return match.Success
            && MonthNumber(match.Groups["month"].Value) is { } month
            && Number(match.Groups["day"]) is var day
            && Number(match.Groups["year"]) is var year
            && day >= 1
            && day <= DateTime.DaysInMonth(year, month)
                ? new DateOnly(year, month, day)
                : null;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?:(?<![0-9]|[0-9][-/])(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s,_-]+)?(?<![a-z])(?<month>[a-z]{3,9})[\s,_-]*(?<year>20[0-9]{2})(?![0-9])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(
        @"^(?:[a-z]+day,?\s+)?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?<month>[a-z]{3,9}),?\s+(?<year>20[0-9]{2})$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WholeDate();
}
