using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Tests.Calendars;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Indicators;

public sealed class IndicatorCalculatorTests
{
    [Fact]
    public void Read_TwoProviders_DividesTheSumsAndDoesNotAverageTheRatios()
    {
        var reading = Read(Sys, March,
            State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90),
            State("ed-seen", P2, March, 100), State("ed-breaches", P2, March, 90));

        Assert.Equal(Figure.Of(180.0 / 1000), reading.Value);
        Assert.Equal([P1, P2], reading.Contributors.Select(contributor => contributor.Organisation));
        Assert.Empty(reading.Silent);
    }

    [Fact]
    public void Read_PerThousand_IsTheQuotientTimesAThousandAndLeavesTheSumsAlone()
    {
        var reading = SmallSystem.Indicators.Read(
            Ed with { Per = 1000 }, Sys, March,
            new StatementSet([State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90)]), AbsenceCode.Late);

        Assert.Equal((Figure.Of(100), 90d, 900d), (reading.Value, reading.Numerator, reading.Denominator));
    }

    [Fact]
    public void Read_ProviderSilent_IsListedAndNotASilentZero()
    {
        var reading = Read(Sys, March, State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90));

        Assert.Equal(Figure.Of(0.1), reading.Value);
        Assert.Equal([P2], reading.Silent);
    }

    [Fact]
    public void Read_ProviderFellSilent_WeighsInTheCoverageAsMuchAsItLastDid()
    {
        var february = LondonCalendar.Month(2026, 2);
        var longAgo = LondonCalendar.Month(2025, 2);
        RecordedStatement[] march = [State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90)];

        Assert.Equal(90, Read(Sys, March, [.. march, State("ed-seen", P2, february, 100), State("ed-breaches", P2, february, 50)]).CoveragePercent);
        Assert.Equal(100, Read(Sys, March, [.. march, State("ed-seen", P2, longAgo, 100), State("ed-breaches", P2, longAgo, 50)]).CoveragePercent);
        Assert.Equal(100, Read(Sys, March, march).CoveragePercent);
        Assert.Null(Read(Sys, March).CoveragePercent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_ProviderStatesOnlyHalf_WeighsInTheCoverageAsMuchAsItLastDid(bool forMonths)
    {
        var (january, february) = (LondonCalendar.Month(2026, 1), LondonCalendar.Month(2026, 2));
        var reading = Read(Sys, March, [
            State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90),
            State("ed-seen", P2, March, 100), State("ed-breaches", P2, March, Figure.Absent(AbsenceCode.Rejected)),
            State("ed-seen", P2, february, 100), State("ed-breaches", P2, february, forMonths ? Figure.Absent(AbsenceCode.Rejected) : Figure.Of(50)),
            State("ed-seen", P2, january, 100), State("ed-breaches", P2, january, 50)]);

        Assert.Equal([P2], reading.Incomplete.Select(incomplete => incomplete.Organisation));
        Assert.Equal(90, reading.CoveragePercent);
    }

    [Fact]
    public void Read_HalfOfAPairAbsent_LeavesTheProviderOutOfBothSums()
    {
        var reading = Read(Sys, March,
            State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90),
            State("ed-seen", P2, March, 100), State("ed-breaches", P2, March, Figure.Absent(AbsenceCode.Rejected)));

        Assert.Equal(Figure.Of(0.1), reading.Value);
        var incomplete = Assert.Single(reading.Incomplete);
        Assert.Equal(P2, incomplete.Organisation);
        Assert.Equal([new MissingMetric(new MetricKey("ed-breaches"), AbsenceCode.Rejected)], incomplete.Missing);
    }

    [Fact]
    public void Read_EverybodySeesNobody_IsNotApplicable()
    {
        var reading = Read(Sys, March,
            State("ed-seen", P1, March, 0), State("ed-breaches", P1, March, 0),
            State("ed-seen", P2, March, 0), State("ed-breaches", P2, March, 0));

        Assert.Equal(Figure.Absent(AbsenceCode.NotApplicable), reading.Value);
    }

    [Fact]
    public void Read_OneSeesNobodyAndOneFellSilent_IsMissing()
    {
        var february = LondonCalendar.Month(2026, 2);
        var reading = Read(Sys, March,
            State("ed-seen", P1, March, 0), State("ed-breaches", P1, March, 0),
            State("ed-seen", P2, february, 50), State("ed-breaches", P2, february, 1));

        Assert.Equal(Figure.Absent(AbsenceCode.Late), reading.Value);
    }

    [Fact]
    public void Read_NobodyStatesAnything_IsMissingWithTheReasonGiven()
    {
        var reading = Read(Sys, March);

        Assert.Equal(Figure.Absent(AbsenceCode.Late), reading.Value);
        Assert.Equal([P1, P2], reading.Silent);
        Assert.Null(reading.LastPeriod);
    }

    /// <summary>Whoever of them stated it, and whether or not it could be read.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Read_NothingOfThePeriod_TellsTheLastPeriodThatAnybodyStated(int ofP1, int ofP2) =>
        Assert.Equal(
            LondonCalendar.Month(2026, 2),
            Read(Sys, March,
                State("ed-seen", P1, LondonCalendar.Month(2026, ofP1), 100),
                State("ed-seen", P2, LondonCalendar.Month(2026, ofP2), 100), State("ed-breaches", P2, LondonCalendar.Month(2026, ofP2), 10)).LastPeriod);

    [Fact]
    public void Read_HalfOfAPairNeverStated_IsNamedWithoutAReason()
    {
        var incomplete = Assert.Single(Read(Sys, March, State("ed-seen", P1, March, 100)).Incomplete);

        Assert.Equal([("ed-breaches", null)], incomplete.Missing.Select(missing => (missing.Metric.ToString(), missing.Absence)));
    }

    [Fact]
    public void Read_HalfOfAPairRefusedAndTheOtherLate_IsNotRejected()
    {
        var reading = Read(Sys, March, State("ed-seen", P1, March, Figure.Absent(AbsenceCode.Rejected)), State("ed-breaches", P1, March, Figure.Absent(AbsenceCode.Late)));

        Assert.NotEqual(AbsenceCode.Rejected, reading.Value.Absence);
    }

    [Fact]
    public void Read_OneSeesNobodyAndOneNeverSpoke_IsNotApplicable() =>
        Assert.Equal(AbsenceCode.NotApplicable, Read(Sys, March, State("ed-seen", P1, March, 0), State("ed-breaches", P1, March, 0)).Value.Absence);

    [Fact]
    public void Read_AfterAMove_SumsTheTreeOfThePeriodNotOfToday()
    {
        RecordedStatement[] statements =
        [
            State("ed-seen", P1, March, 900), State("ed-breaches", P1, March, 90), State("ed-seen", P2, March, 100), State("ed-breaches", P2, March, 90),
            State("ed-seen", P1, April, 900), State("ed-breaches", P1, April, 90), State("ed-seen", P2, April, 100), State("ed-breaches", P2, April, 90),
        ];

        Assert.Equal(Figure.Of(0.18), Read(Sys, March, statements).Value);
        Assert.Equal(Figure.Of(0.1), Read(Sys, April, statements).Value);
        Assert.Equal(Figure.Of(0.9), Read(NewSystem, April, statements).Value);
    }

    [Fact]
    public void Read_SecondFormula_CountsWhereTheFirstIsNotStated()
    {
        var twoLayouts = Ed with
        {
            Formulas =
            [
                new IndicatorFormula([new IndicatorTerm(new MetricKey("utc-breaches"), false)], [new IndicatorTerm(new MetricKey("utc-seen"), false)]),
                .. Ed.Formulas,
            ],
        };

        var reading = SmallSystem.Indicators.Read(
            twoLayouts, Sys, March,
            new StatementSet([
                State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 10),
                State("utc-seen", P2, March, 100), State("utc-breaches", P2, March, 30)]),
            AbsenceCode.Late);

        Assert.Equal(Figure.Of(0.2), reading.Value);
    }

    [Fact]
    public void Read_SubtractedTerm_IsTakenFromTheSum()
    {
        var within = Ed with
        {
            Formulas =
            [
                new IndicatorFormula(
                    [new IndicatorTerm(new MetricKey("ed-seen"), false), new IndicatorTerm(new MetricKey("ed-breaches"), true)],
                    [new IndicatorTerm(new MetricKey("ed-seen"), false)]),
            ],
        };

        var reading = SmallSystem.Indicators.Read(
            within, P1, March, new StatementSet([State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 25)]), AbsenceCode.Late);

        Assert.Equal(Figure.Of(0.75), reading.Value);
    }

    private static IndicatorReading Read(OrganisationCode organisation, Period period, params RecordedStatement[] statements) =>
        SmallSystem.Indicators.Read(Ed, organisation, period, new StatementSet(statements), AbsenceCode.Late);

    /// <summary>An ambulance trust has its headquarters in one system and drives for seven.</summary>
    [Fact]
    public void Read_FigureThatIsShared_IsInNoSumButItsOwn()
    {
        var shared = new IndicatorCalculator(Tree, SmallSystem.Metrics, new SharedServices([new ServiceRelation(P1, Sys, "ed", DateSpan.Always, Basis.Quoted, "test", null)]));
        var statements = new StatementSet(
            [
                State("ed-seen", P1, March, 1000), State("ed-breaches", P1, March, 900), State("ed-seen", P2, March, 100), State("ed-breaches", P2, March, 10),
                State("utc-seen", P1, March, 50), State("utc-breaches", P1, March, 5),
            ]);

        Assert.Equal([P2], shared.Read(Ed, Sys, March, statements, AbsenceCode.Late).Contributors.Select(contributor => contributor.Organisation));
        Assert.Equal([P1], shared.Read(Ed, P1, March, statements, AbsenceCode.Late).Contributors.Select(contributor => contributor.Organisation));
        Assert.Equal([P1], shared.Read(Utc, Sys, March, statements, AbsenceCode.Late).Contributors.Select(contributor => contributor.Organisation));
    }

    [Theory]
    [InlineData(AbsenceCode.Rejected, false, AbsenceCode.Rejected)]
    [InlineData(AbsenceCode.Suppressed, false, AbsenceCode.Late)]
    [InlineData(AbsenceCode.Rejected, true, AbsenceCode.Late)] // Somebody else is silent, and is missed.
    public void Read_NothingLacksButRefusedFigures_IsRejected(AbsenceCode stated, bool otherIsMissed, AbsenceCode expected)
    {
        var february = LondonCalendar.Month(2026, 2);
        List<RecordedStatement> statements = [State("ed-seen", P1, March, Figure.Absent(stated)), State("ed-breaches", P1, March, 4)];
        if (otherIsMissed)
        {
            statements.AddRange([State("ed-seen", P2, february, 100), State("ed-breaches", P2, february, 10)]);
        }

        var reading = SmallSystem.Indicators.Read(Ed, Sys, March, new StatementSet(statements), AbsenceCode.Late);

        Assert.Equal((expected, expected), (reading.Value.Absence, reading.WhenMissing));
    }

    [Fact]
    public void Read_OrganisationThatIsClosed_LacksNowhere()
    {
        var february = LondonCalendar.Month(2026, 2);
        var statements = new StatementSet(
            [
                State("ed-seen", P2, february, 900), State("ed-breaches", P2, february, 10),
                State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 10),
            ]);

        var knowing = ClosedInMarch(P2).Read(Ed, Sys, March, statements, AbsenceCode.Late);
        var unknowing = SmallSystem.Indicators.Read(Ed, Sys, March, statements, AbsenceCode.Late);

        Assert.Equal((100d, 10d), (knowing.CoveragePercent!.Value, unknowing.CoveragePercent!.Value));
        Assert.Empty(knowing.Silent);
        Assert.Equal([P2], knowing.Closed);
        Assert.Equal([P2], unknowing.Silent);
        Assert.Empty(unknowing.Closed);
    }

    /// <summary>Who is closed has not said that there is nothing to measure.</summary>
    [Fact]
    public void Read_EverybodyIsClosed_IsMissingForTheReasonGiven()
    {
        var reading = ClosedInMarch(P1, P2).Read(Ed, Sys, March, new StatementSet([]), AbsenceCode.NotDue);

        Assert.Equal((Figure.Absent(AbsenceCode.NotDue), 0d), (reading.Value, reading.Denominator));
        Assert.Equal([P1, P2], reading.Closed);
    }

    [Fact]
    public void Read_ClosedOrganisationThatStatesHalf_Lacks()
    {
        var reading = ClosedInMarch(P2).Read(Ed, Sys, March, new StatementSet([State("ed-seen", P2, March, 5)]), AbsenceCode.Late);

        Assert.Equal([P2], reading.Incomplete.Select(incomplete => incomplete.Organisation));
        Assert.Empty(reading.Closed);
    }

    [Fact]
    public void DatesOfChange_SharedServiceBegins_IsAmongThem()
    {
        var begins = new DateOnly(2026, 2, 1);
        var shared = new IndicatorCalculator(
            Tree, SmallSystem.Metrics, new SharedServices([new ServiceRelation(P1, NewSystem, "ed", new DateSpan(begins, null), Basis.Quoted, "test", null)]));

        Assert.Equal([begins, new DateOnly(2026, 4, 1)], shared.DatesOfChange(Sys));
        Assert.Equal([P1, P2], shared.PlanFor(Ed, Sys, begins.AddDays(-1)).Candidates);
        Assert.Equal([P2], shared.PlanFor(Ed, Sys, begins).Candidates);
    }

    private static IndicatorCalculator ClosedInMarch(params OrganisationCode[] organisations)
    {
        var notInMarch = TestCalendars.Of(TestCalendars.Week, "00:00-24:00", season: TestCalendars.SeasonOf("04-01", "02-28"));
        var expectations = new Expectations(
            SmallSystem.Metrics,
            SmallSystem.Metrics.Keys.ToDictionary(key => key, _ => new Timetable(new SourceKey("test"), TestCalendars.EveryDay, TimeSpan.Zero)),
            new OpeningHours([.. organisations.Select(organisation => new OpeningRelation(organisation, "ed", notInMarch, DateSpan.Always, "test"))]),
            Tree);
        return new IndicatorCalculator(Tree, SmallSystem.Metrics, null, expectations);
    }
}
