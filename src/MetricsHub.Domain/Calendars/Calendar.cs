using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>
/// When a service is open, or for which days a publisher states figures: hours by the day of the week on the clock of Europe/London, other
/// hours on bank holidays, and a season outside of which there are none.
/// </summary>
/// <param name="week">The spans of each day of the week; a day that is not in it is closed.</param>
/// <param name="onBankHolidays">The spans of a bank holiday, empty where it is closed; null where it is a day like any other.</param>
/// <param name="season">Null for the whole year. A span belongs to the day on which it starts.</param>
public sealed class Calendar(
    string key,
    string name,
    IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenSpan>> week,
    IReadOnlyList<OpenSpan>? onBankHolidays,
    Season? season,
    BankHolidays bankHolidays)
{
    public string Key { get; } = key;

    public string Name { get; } = name;

    /// <summary>
    /// Whether a figure of a period is expected: of a quarter of an hour where it is open throughout, of a day or longer where it is
    /// open at any time in it.
    /// </summary>
    public bool Expects(Cadence cadence, Period period) =>
        cadence == Cadence.QuarterHour ? IsOpenThroughout(period) : IsOpenWithin(period);

    /// <summary>Whether it is open from the period's start to its end without a break.</summary>
    public bool IsOpenThroughout(Period period)
    {
        var openTo = period.Start;
        foreach (var open in OpenDuring(period))
        {
            if (open.Start > openTo)
            {
                return false;
            }

            openTo = open.End > openTo ? open.End : openTo;
        }

        return openTo >= period.End;
    }

    /// <summary>Whether it is open at any time in the period.</summary>
    public bool IsOpenWithin(Period period) => OpenDuring(period).Any();

    /// <summary>All that it says, in one line: two calendars with the same line are open at the same times of the same bank holidays.</summary>
    public override string ToString() =>
        $"{string.Join(' ', week.OrderBy(day => day.Key).Select(day => $"{day.Key} {string.Join(',', day.Value)}"))}; bank holidays {(onBankHolidays is null ? "as others" : string.Join(',', onBankHolidays))}; season {season}";

    /// <summary>The spans that overlap a period, by start; the first may be one of the evening before.</summary>
    private IEnumerable<Period> OpenDuring(Period period)
    {
        var last = LondonCalendar.LastDayOf(period);
        for (var day = LondonCalendar.DateOf(period.Start).AddDays(-1); day <= last; day = day.AddDays(1))
        {
            foreach (var span in SpansOf(day))
            {
                if (span.On(day) is { } open && open.Overlaps(period))
                {
                    yield return open;
                }
            }
        }
    }

    private IEnumerable<OpenSpan> SpansOf(DateOnly day) =>
        season?.Contains(day) == false ? []
        : onBankHolidays is not null && bankHolidays.Contains(day) ? onBankHolidays
        : week.GetValueOrDefault(day.DayOfWeek, []);
}
