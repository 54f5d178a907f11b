using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Calendars;

/// <summary>
/// Which figures of a series are expected, when each falls due, and what one is that is not there: the one place that says so. A figure
/// is expected where its source states that period, the organisation exists, and its service is open.
/// </summary>
/// <param name="Hours">The hours of the organisation's service; empty where it is open always.</param>
/// <param name="Valid">The days on which the organisation exists.</param>
public sealed record Expectation(Cadence Cadence, Timetable Timetable, IReadOnlyList<OpeningRelation> Hours, DateSpan Valid)
{
    // Longer than any season is away; what is expected in no two years is expected never.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(800);

    /// <summary>Of a source as such: any organisation, open always.</summary>
    public static Expectation Of(Cadence cadence, Timetable timetable) => new(cadence, timetable, [], DateSpan.Always);

    public bool Expects(Period period) => Timetable.Calendar.Expects(Cadence, period) && IsOpen(period);

    /// <summary>Whether the organisation exists and its service is open in a period, whatever its source states.</summary>
    public bool IsOpen(Period period) => IsOpen(period, Cadence);

    /// <summary>When an expected figure has to be there.</summary>
    public DateTimeOffset DueAt(Period period) => period.End + Timetable.DueAfter;

    /// <summary>The first expected period that starts at or after an instant; null where there is none.</summary>
    public Period? FirstFrom(DateTimeOffset instant)
    {
        var period = Cadence.PeriodHolding(instant);
        for (period = period.Start < instant ? Cadence.PeriodHolding(period.End) : period; period.Start < instant + Reach; period = Cadence.PeriodHolding(period.End))
        {
            if (Expects(period))
            {
                return period;
            }

            // Over a closed day at one step: a night of quarters of an hour is 96 of them.
            var day = LondonCalendar.Day(LondonCalendar.DateOf(period.Start));
            if (day.End > period.End && !(Timetable.Calendar.IsOpenWithin(day) && IsOpen(day, Cadence.Day)))
            {
                period = Cadence.PeriodHolding(day.End.AddTicks(-1));
            }
        }

        return null;
    }

    /// <summary>The last expected period whose figure is due by an instant; null where there is none.</summary>
    public Period? NewestDueAt(DateTimeOffset instant)
    {
        var ended = instant - Timetable.DueAfter;
        for (var period = Cadence.PeriodHolding(Cadence.PeriodHolding(ended).Start.AddTicks(-1)); period.End > ended - Reach; period = Cadence.PeriodHolding(period.Start.AddTicks(-1)))
        {
            if (Expects(period))
            {
                return period;
            }
        }

        return null;
    }

    /// <summary>What a figure is that nobody states, as known at an instant.</summary>
    /// <param name="standing">How the source stood then.</param>
    public AbsenceCode WhyAbsent(Period period, DateTimeOffset knownAt, SourceStanding standing) =>
        !Expects(period) || DueAt(period) > knownAt ? AbsenceCode.NotDue
        : standing.IsDownSince(DueAt(period)) ? AbsenceCode.SourceDown
        : AbsenceCode.Late;

    private bool IsOpen(Period period, Cadence cadence)
    {
        var day = LondonCalendar.LastDayOf(period);
        return Valid.Contains(day) && (Hours.FirstOrDefault(hours => hours.Valid.Contains(day))?.Calendar.Expects(cadence, period) ?? true);
    }
}
