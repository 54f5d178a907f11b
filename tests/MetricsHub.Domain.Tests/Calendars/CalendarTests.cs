using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Calendars;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2026-07-01T06:45:00Z", false)] // 07:45 to 08:00 by the clock
    [InlineData("2026-07-01T07:00:00Z", true)]
    [InlineData("2026-07-01T18:45:00Z", true)]
    [InlineData("2026-07-01T19:00:00Z", false)]
    [InlineData("2026-01-15T07:45:00Z", false)] // In winter the clock is UTC.
    [InlineData("2026-01-15T08:00:00Z", true)]
    [InlineData("2026-01-15T19:45:00Z", true)]
    [InlineData("2026-01-15T20:00:00Z", false)]
    public void QuarterHour_IsExpected_WhereTheServiceIsOpenThroughout(string start, bool expected) =>
        Assert.Equal(expected, TestCalendars.EightToEight.Expects(Cadence.QuarterHour, QuarterFrom(start)));

    [Fact]
    public void QuarterHour_HalfOpen_IsNotExpected()
    {
        var calendar = TestCalendars.Of(TestCalendars.Week, "08:10-12:00");

        Assert.False(calendar.Expects(Cadence.QuarterHour, QuarterFrom("2026-01-15T08:00:00Z")));
        Assert.True(calendar.Expects(Cadence.Day, LondonCalendar.Day(new DateOnly(2026, 1, 15))));
    }

    [Fact]
    public void QuarterHour_OverTwoSpansThatMeet_IsExpected()
    {
        var calendar = TestCalendars.Of(TestCalendars.Week, "08:00-12:05,12:05-18:00");

        Assert.True(calendar.Expects(Cadence.QuarterHour, QuarterFrom("2026-01-15T12:00:00Z")));
    }

    [Theory]
    [InlineData("2026-11-20T23:30:00Z", true)] // Friday evening
    [InlineData("2026-11-21T01:45:00Z", true)] // Saturday before two
    [InlineData("2026-11-21T02:00:00Z", false)]
    [InlineData("2026-11-21T23:30:00Z", false)] // Saturday evening
    public void Span_PastMidnight_BelongsToTheDayItStartsOn(string start, bool open) =>
        Assert.Equal(open, TestCalendars.Of([DayOfWeek.Friday], "18:30-02:00").IsOpenThroughout(QuarterFrom(start)));

    [Theory]
    [InlineData(2026, 3, 29, 92)] // 23 hours
    [InlineData(2026, 10, 25, 100)] // 25 hours
    [InlineData(2026, 6, 1, 96)]
    public void EveryDay_OnDaysOfAnyLength_ExpectsEveryQuarterHour(int year, int month, int day, int quarters)
    {
        var london = LondonCalendar.Day(new DateOnly(year, month, day));
        var periods = Cadence.QuarterHour.PeriodsBetween(london.Start, london.End).ToList();

        Assert.Equal(quarters, periods.Count);
        Assert.All(periods, period => Assert.True(TestCalendars.EveryDay.Expects(Cadence.QuarterHour, period)));
    }

    [Theory]
    [InlineData(2026, 3, 29, "00:00-08:00", 28)] // The hour from one to two is not there.
    [InlineData(2026, 10, 25, "00:00-08:00", 36)] // It comes twice.
    [InlineData(2026, 10, 25, "01:30-05:00", 18)] // From its first coming.
    [InlineData(2026, 10, 25, "00:00-01:30", 10)] // To its second.
    [InlineData(2026, 3, 29, "01:30-02:00", 0)]
    public void Span_OnTheDayTheClockChanges_HasTheHoursThatThereAre(int year, int month, int day, string open, int quarters)
    {
        var london = LondonCalendar.Day(new DateOnly(year, month, day));
        var calendar = TestCalendars.Of([DayOfWeek.Sunday], open);

        Assert.Equal(quarters, Cadence.QuarterHour.PeriodsBetween(london.Start, london.End).Count(calendar.IsOpenThroughout));
    }

    [Theory]
    [InlineData(2026, 12, 24, true)] // Thursday
    [InlineData(2026, 12, 25, false)] // Christmas Day
    [InlineData(2026, 12, 26, false)] // Saturday
    [InlineData(2026, 12, 28, false)] // Boxing Day, on the Monday
    [InlineData(2026, 12, 29, true)]
    public void WorkingDays_ClosedOnBankHolidaysAndWeekends_ExpectNothingOfThem(int year, int month, int day, bool expected) =>
        Assert.Equal(expected, TestCalendars.WorkingDays.Expects(Cadence.Day, LondonCalendar.Day(new DateOnly(year, month, day))));

    [Fact]
    public void BankHoliday_WithHoursOfItsOwn_HasThoseAndNoOthers()
    {
        var calendar = TestCalendars.Of(TestCalendars.Week, "08:00-20:00", onBankHolidays: ["10:00-16:00"]);

        Assert.False(calendar.IsOpenThroughout(QuarterFrom("2026-12-25T09:45:00Z")));
        Assert.True(calendar.IsOpenThroughout(QuarterFrom("2026-12-25T10:00:00Z")));
        Assert.True(calendar.IsOpenThroughout(QuarterFrom("2026-12-24T09:45:00Z")));
    }

    [Theory]
    [InlineData(2026, 7, 1, false)]
    [InlineData(2025, 11, 23, false)]
    [InlineData(2025, 11, 24, true)]
    [InlineData(2026, 1, 1, true)]
    [InlineData(2026, 3, 31, true)]
    [InlineData(2026, 4, 1, false)]
    [InlineData(2028, 2, 29, true)]
    public void Season_OverTheNewYear_HoldsBothItsEnds(int year, int month, int day, bool expected) =>
        Assert.Equal(expected, TestCalendars.Winter.Expects(Cadence.Day, LondonCalendar.Day(new DateOnly(year, month, day))));

    [Fact]
    public void Season_WithinAYear_HoldsNothingOutside()
    {
        var summer = TestCalendars.SeasonOf("06-01", "08-31");

        Assert.True(summer.Contains(new DateOnly(2026, 6, 1)));
        Assert.True(summer.Contains(new DateOnly(2026, 8, 31)));
        Assert.False(summer.Contains(new DateOnly(2026, 9, 1)));
        Assert.False(summer.Contains(new DateOnly(2026, 5, 31)));
    }

    [Theory]
    [InlineData("02-29", "03-31")]
    [InlineData("11-31", "03-31")]
    [InlineData("1-1", "03-31")]
    [InlineData(null, "03-31")]
    public void Season_OfADayThatNotEveryYearHas_IsNone(string? first, string last) => Assert.False(Season.TryParse(first, last, out _));

    [Theory]
    [InlineData("8:00-20:00")]
    [InlineData("08:00-25:00")]
    [InlineData("08:00")]
    [InlineData("24:00-08:00")]
    [InlineData("")]
    [InlineData(null)]
    public void Span_ThatIsNone_IsNotRead(string? text) => Assert.False(OpenSpan.TryParse(text, out _));

    [Theory]
    [InlineData("08:00-20:00")]
    [InlineData("00:00-24:00")]
    [InlineData("18:30-02:00")]
    public void Span_Written_ReadsTheSame(string text)
    {
        Assert.True(OpenSpan.TryParse(text, out var span));
        Assert.Equal(text, span!.ToString());
    }

    private static Period QuarterFrom(string start) => Cadence.QuarterHour.PeriodHolding(
        DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
}
