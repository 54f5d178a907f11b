using CsCheck;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Calendars;

public sealed class ExpectationTests
{
    private static readonly SourceKey Source = new("test");
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly Expectation Live = Expectation.Of(Cadence.QuarterHour, new Timetable(Source, TestCalendars.EveryDay, TimeSpan.FromMinutes(5)));
    private static readonly Expectation Monthly = Expectation.Of(Cadence.Month, new Timetable(Source, TestCalendars.EveryDay, TimeSpan.FromDays(21)));
    private static readonly Expectation Wintry = Expectation.Of(Cadence.Day, new Timetable(Source, TestCalendars.Winter, TimeSpan.FromDays(11)));

    private static readonly Expectation Utc = Live with
    {
        Hours = [new OpeningRelation(new OrganisationCode("UTC1"), "utc", TestCalendars.EightToEight, DateSpan.Always, "test")],
    };

    [Theory]
    [InlineData(-1, AbsenceCode.NotDue)]
    [InlineData(0, AbsenceCode.Late)]
    [InlineData(1, AbsenceCode.Late)]
    public void Absence_AroundTheDueInstant_TurnsFromNotDueToLate(int seconds, AbsenceCode expected)
    {
        var period = Cadence.QuarterHour.PeriodHolding(Noon);

        Assert.Equal(expected, Live.WhyAbsent(period, period.End.AddMinutes(5).AddSeconds(seconds), SourceStanding.NeverRead));
    }

    [Fact]
    public void Absence_OfAClosedService_IsNotDueHoweverLate()
    {
        var night = Cadence.QuarterHour.PeriodHolding(Noon.AddHours(12));

        Assert.Equal(AbsenceCode.NotDue, Utc.WhyAbsent(night, Noon.AddYears(1), SourceStanding.NeverRead));
        Assert.Equal(AbsenceCode.Late, Live.WhyAbsent(night, Noon.AddYears(1), SourceStanding.NeverRead));
    }

    [Fact]
    public void Absence_OfADayOfSummer_IsNotDueOfAWinterReport()
    {
        Assert.Equal(AbsenceCode.NotDue, Wintry.WhyAbsent(Day(2026, 6, 30), Noon.AddYears(1), SourceStanding.NeverRead));
        Assert.Equal(AbsenceCode.Late, Wintry.WhyAbsent(Day(2026, 3, 31), Noon.AddYears(1), SourceStanding.NeverRead));
    }

    [Fact]
    public void Absence_OfAnOrganisationThatDoesNotExistThen_IsNotDue()
    {
        var closed = Monthly with { Valid = new DateSpan(null, new DateOnly(2026, 4, 1)) };

        Assert.Equal(AbsenceCode.Late, closed.WhyAbsent(LondonCalendar.Month(2026, 3), Noon.AddYears(1), SourceStanding.NeverRead));
        Assert.Equal(AbsenceCode.NotDue, closed.WhyAbsent(LondonCalendar.Month(2026, 4), Noon.AddYears(1), SourceStanding.NeverRead));
    }

    [Theory]
    [InlineData(null, true, AbsenceCode.SourceDown)] // Never read.
    [InlineData(-1, true, AbsenceCode.SourceDown)] // Read last just before it fell due.
    [InlineData(0, true, AbsenceCode.Late)] // Read when it was due, and it was not there.
    [InlineData(-1, false, AbsenceCode.Late)] // Nobody has looked since, and the last look went well.
    [InlineData(null, false, AbsenceCode.Late)]
    public void Absence_OfASourceThatFails_AgesIntoSourceDown(int? readSecondsAfterDue, bool unreachable, AbsenceCode expected)
    {
        var period = LondonCalendar.Month(2025, 11);
        var due = Monthly.DueAt(period);
        var standing = new SourceStanding(readSecondsAfterDue is { } seconds ? due.AddSeconds(seconds) : null, unreachable);

        Assert.Equal(expected, Monthly.WhyAbsent(period, due.AddDays(3), standing));
        Assert.Equal(AbsenceCode.NotDue, Monthly.WhyAbsent(period, due.AddSeconds(-1), standing));
    }

    [Fact]
    public void FirstFrom_AfterTheLastDayOfWinter_IsTheFirstOfTheNext()
    {
        Assert.Equal(Day(2026, 11, 24), Wintry.FirstFrom(Day(2026, 3, 31).End));
        Assert.Equal(Day(2026, 1, 16), Wintry.FirstFrom(Day(2026, 1, 15).End));
    }

    [Fact]
    public void FirstFrom_AfterClosing_IsTheFirstQuarterOfTheNextOpening()
    {
        var evening = new DateTimeOffset(2026, 1, 15, 20, 0, 0, TimeSpan.Zero);

        Assert.Equal(evening.AddHours(12), Utc.FirstFrom(evening)!.Value.Start);
        Assert.Equal(evening.AddMinutes(-15), Utc.NewestDueAt(evening.AddHours(6))!.Value.Start);
    }

    [Fact]
    public void FirstFrom_WhereNothingIsEverExpected_IsNone() =>
        Assert.Null((Monthly with { Valid = new DateSpan(null, new DateOnly(2026, 4, 1)) }).FirstFrom(LondonCalendar.Month(2026, 4).Start));

    [Fact]
    public void FirstFrom_AnyInstantAndHours_IsTheFirstThatIsExpected() =>
        Gen.Select(Gen.Int[0, 23], Gen.Int[1, 23], Gen.Int[0, 60_000], Gen.Int[1, 127]).Sample((open, length, minutes, days) =>
        {
            var week = TestCalendars.Week.Where(day => (days & (1 << (int)day)) > 0).ToArray();
            var calendar = TestCalendars.Of(week, $"{open:00}:00-{(open + length) % 24:00}:00");
            var expectation = Expectation.Of(Cadence.QuarterHour, new Timetable(Source, calendar, TimeSpan.Zero));
            var instant = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

            var expected = Cadence.QuarterHour.PeriodsBetween(instant, instant.AddDays(9)).First(expectation.Expects);

            return expectation.FirstFrom(instant) == expected && expectation.NewestDueAt(expected.End) == expected;
        });

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public void LiveFigure_AfterTwoAndAHalfIntervals_IsStale(int seconds, bool stale)
    {
        var period = Cadence.QuarterHour.PeriodHolding(Noon);

        Assert.Equal(stale, Freshness.StaleAt(Live, period) <= period.End.AddMinutes(37.5).AddSeconds(seconds));
    }

    [Fact]
    public void LiveFigure_OfASourceThatIsSlowerThanThat_IsStaleWhenTheNextIsDue()
    {
        var slow = Live with { Timetable = new Timetable(Source, TestCalendars.EveryDay, TimeSpan.FromHours(1)) };
        var period = Cadence.QuarterHour.PeriodHolding(Noon);

        Assert.Equal(period.End.AddMinutes(75), Freshness.StaleAt(slow, period));
    }

    [Fact]
    public void LiveFigure_OfAServiceThatClosed_IsCurrentUntilItHasOpenedAgain()
    {
        var last = Cadence.QuarterHour.PeriodHolding(new DateTimeOffset(2026, 1, 15, 19, 45, 0, TimeSpan.Zero));

        Assert.Equal(last.End.AddHours(12).AddMinutes(37.5), Freshness.StaleAt(Utc, last));
    }

    [Fact]
    public void MonthlyFigure_WhenTheNextMonthsIsDue_IsStale() =>
        Assert.Equal(LondonCalendar.Month(2026, 1).End.AddDays(21), Freshness.StaleAt(Monthly, LondonCalendar.Month(2025, 12)));

    [Fact]
    public void LastFigure_OfAClosedOrganisation_GrowsStaleAllTheSame()
    {
        var closed = Monthly with { Valid = new DateSpan(null, new DateOnly(2026, 4, 1)) };

        Assert.Equal(LondonCalendar.Month(2026, 4).End.AddDays(21), Freshness.StaleAt(closed, LondonCalendar.Month(2026, 3)));
    }

    private static Period Day(int year, int month, int day) => LondonCalendar.Day(new DateOnly(year, month, day));
}
