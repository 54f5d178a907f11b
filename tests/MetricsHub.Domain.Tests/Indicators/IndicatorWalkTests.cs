using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Indicators;

public sealed class IndicatorWalkTests
{
    private static readonly Period January = LondonCalendar.Month(2026, 1);
    private static readonly Period February = LondonCalendar.Month(2026, 2);
    private static readonly TimeSpan FortyDays = TimeSpan.FromDays(40);

    [Fact]
    public void MoveTo_NewestFigureNotTooOld_CarriesItAndSaysHowOldItIs()
    {
        var reading = Read(FortyDays, [.. Of(P1, February, 100, 10), .. Of(P2, March, 100, 30)]);

        Assert.Equal(Figure.Of(0.2), reading.Value);
        Assert.Equal([P1, P2], reading.Contributors.Select(contributor => contributor.Organisation));
        Assert.Equal((February, 100.0), (reading.OldestPeriod, reading.CoveragePercent));
    }

    [Fact]
    public void MoveTo_NewestFigureTooOld_IsMissingAndWeighsInTheCoverage()
    {
        var reading = Read(FortyDays, [.. Of(P1, January, 300, 10), .. Of(P2, March, 100, 30)]);

        Assert.Equal((Figure.Of(0.3), 25.0), (reading.Value, reading.CoveragePercent));
        Assert.Equal([P1], reading.Silent);
    }

    [Theory]
    [InlineData(AbsenceCode.Late, true, null)]
    [InlineData(AbsenceCode.SourceDown, true, null)]
    [InlineData(AbsenceCode.Rejected, false, AbsenceCode.Rejected)]
    [InlineData(AbsenceCode.Suppressed, false, AbsenceCode.SourceDown)]
    [InlineData(AbsenceCode.Withdrawn, false, AbsenceCode.SourceDown)]
    [InlineData(AbsenceCode.NotApplicable, false, AbsenceCode.SourceDown)]
    public void MoveTo_AbsenceSinceTheNewestFigure_IsBridgedOnlyWhereItIsSilence(AbsenceCode absence, bool carried, AbsenceCode? missing)
    {
        var reading = Read(FortyDays, [
            .. Of(P1, February, 100, 10), State("ed-seen", P1, March, Figure.Absent(absence)), State("ed-breaches", P1, March, Figure.Absent(absence))]);

        Assert.Equal(missing is { } code ? Figure.Absent(code) : Figure.Of(0.1), reading.Value);
        Assert.Equal(carried ? [] : [P1], reading.Incomplete.Select(incomplete => incomplete.Organisation));
    }

    [Fact]
    public void MoveTo_AProviderThatIsNotDue_IsClosedAndNotMissing()
    {
        var reading = Read(FortyDays, [
            .. Of(P1, February, 900, 10), State("ed-seen", P1, March, Figure.Absent(AbsenceCode.NotDue)), State("ed-breaches", P1, March, Figure.Absent(AbsenceCode.NotDue)),
            .. Of(P2, March, 100, 30)]);

        Assert.Equal((Figure.Of(0.3), 100.0), (reading.Value, reading.CoveragePercent));
        Assert.Equal([P1], reading.Closed);
        Assert.Empty(reading.Silent);
        Assert.Empty(reading.Incomplete);
    }

    [Fact]
    public void MoveTo_EverybodyClosed_IsNotApplicable()
    {
        RecordedStatement[] Closed(OrganisationCode provider) =>
            [State("ed-seen", provider, March, Figure.Absent(AbsenceCode.NotDue)), State("ed-breaches", provider, March, Figure.Absent(AbsenceCode.NotDue))];

        Assert.Equal(Figure.Absent(AbsenceCode.NotApplicable), Read(TimeSpan.Zero, [.. Closed(P1), .. Closed(P2)]).Value);
    }

    /// <summary>A mean of 10 over 900 and one of 30 over 100 are a mean of 12, and not of 20.</summary>
    [Fact]
    public void MoveTo_MetricTimesAnother_WeighsTheMeans()
    {
        var (mean, seen) = (new MetricKey("ed-breaches"), new MetricKey("ed-seen"));
        var weighed = Ed with { Formulas = [new IndicatorFormula([new IndicatorTerm(mean, false, seen)], [new IndicatorTerm(seen, false)])] };
        var statements = new StatementSet([.. Of(P1, March, 900, 10), .. Of(P2, March, 100, 30)]);

        var reading = SmallSystem.Indicators.Read(weighed, Sys, March, statements, AbsenceCode.Late);

        Assert.Equal((Figure.Of(12), 12_000.0, 1_000.0), (reading.Value, reading.Numerator, reading.Denominator));
        Assert.All(reading.Contributors, contributor => Assert.Equal(2, contributor.Statements.Count));
    }

    [Fact]
    public void MoveTo_SilentForAYear_NoLongerWeighsAlsoWhereTheWalkSawItSpeak()
    {
        var months = Enumerable.Range(0, 14).Select(i => LondonCalendar.Month(2024 + (i / 12), 1 + (i % 12))).ToArray();
        var statements = new StatementSet([.. Of(P2, months[0], 900, 90), .. months.SelectMany(month => Of(P1, month, 100, 10))]);
        var walk = SmallSystem.Indicators.PlanFor(Ed, Sys, LondonCalendar.LastDayOf(March)).Walk(statements.ColumnOf, TimeSpan.Zero);

        var coverage = months.Select(month =>
        {
            walk.MoveTo(month);
            return walk.Explain(statements, AbsenceCode.Late).CoveragePercent;
        });

        Assert.Equal([100.0, .. Enumerable.Repeat(10.0, 11), 100.0, 100.0], coverage.Select(percent => percent!.Value));
    }

    [Fact]
    public void Explain_StatementsThatTheWalkDidNotRead_IsRefused()
    {
        var walk = SmallSystem.Indicators.PlanFor(Ed, Sys, LondonCalendar.LastDayOf(March))
            .Walk(new StatementSet(Of(P1, March, 100, 10)).ColumnOf, TimeSpan.Zero);
        walk.MoveTo(March);

        Assert.Throws<ArgumentException>(() => walk.Explain(new StatementSet([]), AbsenceCode.Late));
    }

    private static IndicatorReading Read(TimeSpan maximumAge, RecordedStatement[] figures)
    {
        var statements = new StatementSet(figures);
        var walk = SmallSystem.Indicators.PlanFor(Ed, Sys, LondonCalendar.LastDayOf(March)).Walk(statements.ColumnOf, maximumAge);
        walk.MoveTo(March);
        return walk.Explain(statements, AbsenceCode.SourceDown);
    }

    private static RecordedStatement[] Of(OrganisationCode provider, Period period, double seen, double breaches) =>
        [State("ed-seen", provider, period, seen), State("ed-breaches", provider, period, breaches)];
}
