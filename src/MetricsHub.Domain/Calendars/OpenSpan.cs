using System.Globalization;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>
/// When something is open on a day, by the clock of Europe/London: from (inclusive) to (exclusive). A <paramref name="To"/> that is not
/// after <paramref name="From"/> is of the next day, so that 18:30 to 08:00 is a night, and 00:00 to 00:00 the whole day.
/// </summary>
public sealed record OpenSpan(TimeOnly From, TimeOnly To)
{
    public static readonly OpenSpan WholeDay = new(TimeOnly.MinValue, TimeOnly.MinValue);

    /// <summary>
    /// The span of a day in UTC; null where the clock leaves nothing of it, as of 01:30 to 02:00 on the day it goes forward. A time that
    /// comes twice opens at its first and closes at its second coming.
    /// </summary>
    public Period? On(DateOnly day)
    {
        var start = LondonCalendar.FirstInstantOf(day, From);
        var end = LondonCalendar.LastInstantOf(To > From ? day : day.AddDays(1), To);
        return end > start ? new Period(start, end) : null;
    }

    /// <summary>Reads <c>08:00-20:00</c>; 24:00 is the midnight at which the day ends.</summary>
    public static bool TryParse(string? text, out OpenSpan? span)
    {
        span = text?.Split('-') is [var from, var to] && TryParseTime(from, out var start) && TryParseTime(to == "24:00" ? "00:00" : to, out var end)
            ? new OpenSpan(start, end)
            : null;
        return span is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{(To == TimeOnly.MinValue ? "24:00" : To.ToString("HH:mm", CultureInfo.InvariantCulture))}");

    private static bool TryParseTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
