namespace MetricsHub.Domain.Time;

/// <summary>
/// Days and months as the NHS counts them: by the clock of Europe/London. A day has 23, 24 or 25 hours; July starts at 23:00 UTC on
/// 30 June.
/// </summary>
public static class LondonCalendar
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The instant, in UTC, at which a day starts. British clocks change at 01:00 UTC, so midnight always exists once.</summary>
    public static DateTimeOffset StartOf(DateOnly date)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>
    /// The instant, in UTC, at which the clock first shows a time. A time that the clock leaves out, as it does when it goes forward, is
    /// counted on from before the change.
    /// </summary>
    public static DateTimeOffset FirstInstantOf(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>As <see cref="FirstInstantOf"/>; of a time that comes twice, as when the clock goes back, the second.</summary>
    public static DateTimeOffset LastInstantOf(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    public static Period Day(DateOnly date) => new(StartOf(date), StartOf(date.AddDays(1)));

    /// <param name="month">1 to 12.</param>
    public static Period Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return new Period(StartOf(first), StartOf(first.AddMonths(1)));
    }

    /// <summary>The month that holds an instant.</summary>
    public static Period MonthOf(DateTimeOffset instant)
    {
        var date = DateOf(instant);
        return Month(date.Year, date.Month);
    }

    /// <param name="quarter">1 to 4, of the calendar year: 1 is January to March.</param>
    public static Period Quarter(int year, int quarter)
    {
        var first = new DateOnly(year, (3 * quarter) - 2, 1);
        return new Period(StartOf(first), StartOf(first.AddMonths(3)));
    }

    /// <summary>The calendar quarter that holds an instant.</summary>
    public static Period QuarterOf(DateTimeOffset instant)
    {
        var date = DateOf(instant);
        return Quarter(date.Year, (date.Month + 2) / 3);
    }

    /// <summary>The last day of a period: the day on which a monthly figure's organisation tree is read.</summary>
    public static DateOnly LastDayOf(Period period) => DateOf(period.End.AddTicks(-1));
}
