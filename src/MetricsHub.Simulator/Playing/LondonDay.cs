using MetricsHub.Domain.Time;

namespace MetricsHub.Simulator.Playing;

/// <summary>
/// A day of Europe/London in quarter hours: 92, 96 or 100 of them. A quarter hour is named by its end, so that midnight is the last of
/// the day before: what was counted since midnight starts again at 00:15.
/// </summary>
internal sealed class LondonDay
{
    public static readonly TimeSpan Slot = TimeSpan.FromMinutes(15);

    public LondonDay(DateOnly date)
    {
        var day = LondonCalendar.Day(date);
        Date = date;
        Ends = [.. Enumerable.Range(1, (int)(day.Length / Slot)).Select(slot => day.Start + (slot * Slot))];
        Hours = [.. Ends.Select(end => TimeZoneInfo.ConvertTime(end - (Slot / 2), LondonCalendar.Zone).TimeOfDay.TotalHours)];
    }

    public DateOnly Date { get; }

    /// <summary>The ends of the quarter hours, in UTC.</summary>
    public IReadOnlyList<DateTimeOffset> Ends { get; }

    /// <summary>What the clock on the wall says in the middle of each, in hours from 0 to 24.</summary>
    public IReadOnlyList<double> Hours { get; }

    public int Weekday => Date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)Date.DayOfWeek;

    /// <summary>The day whose quarter hour ends at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset end) => LondonCalendar.DateOf(end.AddTicks(-1));

    /// <summary>The number of a quarter hour since 1970.</summary>
    public static long NumberOf(DateTimeOffset end) => end.ToUnixTimeSeconds() / (long)Slot.TotalSeconds;

    /// <summary>The end of the newest quarter hour that an instant has seen to its end.</summary>
    public static DateTimeOffset NewestEnd(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(NumberOf(at) * (long)Slot.TotalSeconds);

    /// <summary>The day that holds a quarter hour, and the quarter hour's place in it.</summary>
    public static (LondonDay Day, int Slot) Holding(DateTimeOffset end)
    {
        var day = new LondonDay(DateOf(end));
        return (day, (int)((end - day.Ends[0]) / Slot));
    }
}
