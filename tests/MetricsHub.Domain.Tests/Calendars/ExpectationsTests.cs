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

    private static AbsenceCode WhyAbsent(OpeningHours hours, DateTimeOffset knownAt, SourceStanding standing) =>
        Of(hours).WhyAbsent([.. SmallSystem.Metrics.Values.Where(metric => metric.ServiceDomain == "ed")], [P1, P2], March, knownAt, _ => standing);

    private static Expectations Of(OpeningHours hours) => new(
        SmallSystem.Metrics,
        SmallSystem.Metrics.Keys.ToDictionary(key => key, _ => new Timetable(Source, TestCalendars.EveryDay, TimeSpan.FromDays(21))),
        hours,
        Tree);
}
