using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Calendars;

public sealed class ExpectationsTests
{
    private static readonly SourceKey Source = new("test");
    private static readonly DateTimeOffset Due = March.End.AddDays(21);
    private static readonly Calendar Shut = TestCalendars.Of(TestCalendars.Week, "00:00-24:00", season: TestCalendars.SeasonOf("07-01", "07-31"));

    [Theory]
    [InlineData(-1, true, AbsenceCode.NotDue)]
    [InlineData(1, true, AbsenceCode.SourceDown)]
    [InlineData(1, false, AbsenceCode.Late)]
    public void Input_ThatNobodyStates_IsNotDueUntilItIsThenLateOrItsSourceDown(int days, bool down, AbsenceCode expected) =>
        Assert.Equal(expected, WhyAbsent(OpeningHours.None, Due.AddDays(days), new SourceStanding(null, down)));

    [Fact]
    public void Input_OfServicesThatAreAllClosed_IsNotDue()
    {
        var oneShut = new OpeningHours([Hours(P1)]);
        var bothShut = new OpeningHours([Hours(P1), Hours(P2)]);

        Assert.Equal(AbsenceCode.Late, WhyAbsent(oneShut, Due.AddDays(1), SourceStanding.NeverRead));
        Assert.Equal(AbsenceCode.NotDue, WhyAbsent(bothShut, Due.AddDays(1), SourceStanding.NeverRead));
    }

    /// <summary>March ends 30 days before April does; its figures are due on 22 April, those of April on 22 May.</summary>
    [Theory]
    [InlineData("2026-03-20", 0, AbsenceCode.NotDue)]
    [InlineData("2026-03-20", 62, AbsenceCode.NotDue)]
    [InlineData("2026-05-01", 0, AbsenceCode.NotDue)]
    [InlineData("2026-05-01", 29, AbsenceCode.NotDue)]
    [InlineData("2026-05-01", 30, AbsenceCode.Late)]
    [InlineData("2026-05-01", 62, AbsenceCode.Late)]
    [InlineData("2026-05-30", 0, AbsenceCode.Late)]
    public void Input_OlderFiguresOfWhichWouldDo_IsLateAsSoonAsOneOfThemIs(string knownAt, int maximumAgeDays, AbsenceCode expected) =>
        Assert.Equal(expected, WhyAbsent(OpeningHours.None, LondonCalendar.StartOf(DateOnly.Parse(knownAt, System.Globalization.CultureInfo.InvariantCulture)), SourceStanding.NeverRead, April, maximumAgeDays));

    [Fact]
    public void Input_OfServicesThatAreAllClosedNow_IsNotDueWhateverOlderFiguresLack()
    {
        var inJulyOnly = new OpeningHours([Hours(P1), Hours(P2)]);
        var (july, august) = (LondonCalendar.Month(2026, 7), LondonCalendar.Month(2026, 8));

        Assert.Equal(AbsenceCode.Late, WhyAbsent(inJulyOnly, august.End.AddDays(60), SourceStanding.NeverRead, july, 40));
        Assert.Equal(AbsenceCode.NotDue, WhyAbsent(inJulyOnly, august.End.AddDays(60), SourceStanding.NeverRead, august, 40));
    }

    /// <summary>What is worked out for one of them holds for all that equal it.</summary>
    [Fact]
    public void Find_TheSameSeriesAgain_IsEqual()
    {
        var series = State("ed-seen", P1, March, 1).Series;
        var (open, shut) = (Of(OpeningHours.None), Of(new OpeningHours([Hours(P1)])));

        Assert.Equal(open.Find(series), open.Find(series));
        Assert.Equal(shut.Find(series), shut.Find(series));
        Assert.NotEqual(open.Find(series), shut.Find(series));
    }

    [Fact]
    public void Find_MetricTheCatalogueDoesNotHave_IsNone()
    {
        var series = State("ed-seen", P1, March, 1).Series;

        Assert.NotNull(Of(OpeningHours.None).Find(series));
        Assert.Null(Of(OpeningHours.None).Find(series with { Metric = new("ed-left") }));
    }

    [Fact]
    public void Figure_OfAMetricThatNoSourceStatesByATimetable_IsLateAndNeverFine()
    {
        var pushed = new Expectations(SmallSystem.Metrics, new Dictionary<MetricKey, Timetable>(), OpeningHours.None, Tree);
        var series = State("ed-seen", P1, March, 1).Series;

        Assert.Null(pushed.Find(series));
        Assert.Equal(AbsenceCode.Late, pushed.WhyAbsent(series, March, March.Start, _ => SourceStanding.NeverRead));
    }

    private static OpeningRelation Hours(OrganisationCode code) => new(code, "ed", Shut, DateSpan.Always, "test");

    private static AbsenceCode WhyAbsent(OpeningHours hours, DateTimeOffset knownAt, SourceStanding standing, Period? slot = null, int maximumAgeDays = 0) =>
        Of(hours).WhyAbsent(
            [.. SmallSystem.Metrics.Values.Where(metric => metric.ServiceDomain == "ed")], [P1, P2], slot ?? March, knownAt, _ => standing, TimeSpan.FromDays(maximumAgeDays));

    private static Expectations Of(OpeningHours hours) => new(
        SmallSystem.Metrics,
        SmallSystem.Metrics.Keys.ToDictionary(key => key, _ => new Timetable(Source, TestCalendars.EveryDay, TimeSpan.FromDays(21))),
        hours,
        Tree);
}
