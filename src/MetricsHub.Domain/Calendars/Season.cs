using System.Globalization;

namespace MetricsHub.Domain.Calendars;

/// <summary>A part of every year, both its days inclusive; one that ends before it starts reaches over the new year.</summary>
public sealed record Season
{
    private readonly int first;
    private readonly int last;

    private Season(DateOnly first, DateOnly last) => (this.first, this.last) = (DayOf(first), DayOf(last));

    public bool Contains(DateOnly day) =>
        first <= last ? DayOf(day) >= first && DayOf(day) <= last : DayOf(day) >= first || DayOf(day) <= last;

    /// <summary>Reads <c>11-24</c> and <c>03-31</c>: month and day. 29 February, which most years do not have, is refused.</summary>
    public static bool TryParse(string? first, string? last, out Season? season)
    {
        season = TryParseDay(first, out var from) && TryParseDay(last, out var to) ? new Season(from, to) : null;
        return season is not null;
    }

    /// <summary>Whether a text is a month and a day that every year has.</summary>
    public static bool IsDay(string? text) => TryParseDay(text, out _);

    public override string ToString() => FormattableString.Invariant($"{first:0000}-{last:0000}");

    // Read in a year without a leap day.
    private static bool TryParseDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact($"2001-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static int DayOf(DateOnly day) => (100 * day.Month) + day.Day;
}
