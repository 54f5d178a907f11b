using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Sources.Pushes;

/// <summary>When a pushed figure is about, as it was written.</summary>
internal abstract record PushedTime
{
    protected const int FirstYear = 2000;
    protected const int LastYear = 2099;

    private static readonly string[] Offsets = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];
    private static readonly string[] Utc = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>What the row calls it.</summary>
    public abstract string Field { get; }

    /// <returns>Null, with the period and the instant within it at which the figure was so; or why it is no time of such a metric.</returns>
    public abstract string? Read(TableFigure figure, out Period period, out DateTimeOffset statedAt);

    /// <summary>An instant of RFC 3339, which says its offset, in UTC.</summary>
    protected static bool TryParseInstant(string text, out DateTimeOffset instant)
    {
        var read = DateTimeOffset.TryParseExact(text, Offsets, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant)
            || DateTimeOffset.TryParseExact(text, Utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
        return read && instant.Year is >= FirstYear and <= LastYear;
    }

    protected static bool TryParseDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year is >= FirstYear and <= LastYear;
}

/// <summary>The time of a row: an instant; for days, months and quarters a date will do.</summary>
internal sealed record StatedTime(string Text) : PushedTime
{
    public override string Field => "at";

    public override string? Read(TableFigure figure, out Period period, out DateTimeOffset statedAt)
    {
        if (TryParseInstant(Text, out statedAt))
        {
            period = TablePeriods.Of(figure.Cadence, statedAt);
            return null;
        }

        if (figure.Cadence != Cadence.QuarterHour && TryParseDate(Text, out var date))
        {
            statedAt = LondonCalendar.StartOf(date);
            period = TablePeriods.Of(figure.Cadence, statedAt);
            return null;
        }

        period = default;
        return figure.Cadence == Cadence.QuarterHour
            ? "not an RFC 3339 instant with its offset (2026-03-31T12:00:00Z) of the years 2000 to 2099"
            : "neither an RFC 3339 instant with its offset (2026-03-31T12:00:00Z) nor a date (2026-03-31) of the years 2000 to 2099";
    }
}
