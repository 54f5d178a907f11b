using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class EscalationCalculatorTests
{
    [Theory]
    [InlineData(10, 10, 0, 1)]
    [InlineData(15, 15, 2, 2)]
    [InlineData(25, 15, 3, 3)]
    [InlineData(40, 25, 5, 4)]
    [InlineData(40, 40, 6, 4)]
    public void Evaluate_BothInputsThere_AddsThePoints(double edBreaches, double utcBreaches, int score, int level)
    {
        var reading = Evaluate(TwoInputs, Inputs(edBreaches, utcBreaches));

        Assert.Equal(score, reading.Outcome.Points);
        Assert.Equal(6, reading.Outcome.Available);
        Assert.Equal(level, reading.CalculatedLevel);
        Assert.Null(reading.NotCalculatedBecause);
    }

    [Fact]
    public void Evaluate_OneInputMissing_HasNoLevelAndSaysWhy()
    {
        var reading = Evaluate(TwoInputs, Inputs(40, null));

        Assert.Null(reading.CalculatedLevel);
        Assert.Equal("It would rest on 1 indicator; at least 2 are required.", reading.NotCalculatedBecause);
        Assert.Equal(AbsenceCode.Late, Assert.Single(reading.Missing).Value.Absence);
        Assert.Equal(50, reading.ObservablePercent);
    }

    [Fact]
    public void Evaluate_NothingThere_HasNoLevelAndNoScorePercent()
    {
        var reading = Evaluate(TwoInputs);

        Assert.Null(reading.CalculatedLevel);
        Assert.Null(reading.ScorePercent);
        Assert.Equal("It would rest on no indicator; at least 2 are required.", reading.NotCalculatedBecause);
        Assert.Equal(2, reading.Missing.Count);
    }

    [Fact]
    public void Evaluate_ThreeIndicatorsAskedFor_SaysHowManyThereAre() =>
        Assert.Equal(
            "It would rest on 2 indicators; at least 3 are required.",
            Evaluate(TwoInputs with { MissingData = TwoInputs.MissingData with { MinimumIndicators = 3 } }, Inputs(40, 40)).NotCalculatedBecause);

    [Fact]
    public void Evaluate_OneInputMissing_TellsTheScoreOfWhatIsThere()
    {
        var reading = Evaluate(TwoInputs, Inputs(25, null));

        Assert.Equal((200.0 / 3, 50.0), (reading.ScorePercent, reading.ObservablePercent));
        Assert.Equal(new LevelBounds(2, 4, 50), reading.Bounds);
    }

    [Fact]
    public void Evaluate_NothingApplies_NothingIsObservable()
    {
        var nothing = Evaluate(TwoInputs, [.. new[] { "ed-seen", "ed-breaches", "utc-seen", "utc-breaches" }.SelectMany(metric => new[] { State(metric, P1, March, 0), State(metric, P2, March, 0) })]);

        Assert.Equal((0.0, null), (nothing.ObservablePercent, nothing.ScorePercent));
        Assert.Equal(2, nothing.NotApplicable.Count);
    }

    [Fact]
    public void NotOpen_OfAnOrganisation_SaysWhenItWasAndHasNoBounds()
    {
        var open = new DateSpan(new DateOnly(2026, 4, 1), null);

        var reading = EscalationReading.NotOpen(TwoInputs, new Organisation(NewSystem, "New system", OrganisationKind.System, open, null, "test"), March);

        Assert.Null(reading.CalculatedLevel);
        Assert.Null(reading.Bounds);
        Assert.Equal(
            "New system was not open on 2026-03-31: its code is valid 2026-04-01/ (end exclusive).", reading.NotCalculatedBecause);
    }

    /// <summary>02:00 to 02:15: two hours after midnight a measure that starts there rests on little.</summary>
    [Fact]
    public void Evaluate_SinceMidnightMeasureInTheSmallHours_IsMarkedAndScores()
    {
        var slot = Grid.SlotAt(Cadence.QuarterHour, new DateTimeOffset(2026, 3, 10, 2, 15, 0, TimeSpan.Zero));
        var framework = TwoInputs with
        {
            Parameters = [TwoInputs.Parameters[0] with { LowSample = new LowSampleRule(new TimeOnly(6, 0), Provenance.Inferred, "test") }, TwoInputs.Parameters[1]],
        };

        var reading = SmallSystem.Escalation.Evaluate(framework, Sys, slot, new StatementSet([
            State("ed-seen", P1, slot, 100), State("ed-breaches", P1, slot, 40),
            State("utc-seen", P1, slot, 100), State("utc-breaches", P1, slot, 40)]), _ => AbsenceCode.Late);

        Assert.Equal([true, false], reading.Contributions.Select(contribution => contribution.IsLowSample));
        Assert.Equal(6, reading.Outcome.Points);
    }

    [Theory]
    [InlineData(OrganisationKind.System, "2026-04-01", true)]
    [InlineData(OrganisationKind.System, "2026-03-31", false)]
    [InlineData(OrganisationKind.Provider, "2026-04-01", false)]
    public void Judges_KindAndDate_BothHaveToBeItsOwn(OrganisationKind kind, string date, bool judges) =>
        Assert.Equal(
            judges,
            (TwoInputs with { Valid = new DateSpan(new DateOnly(2026, 4, 1), null) }).Judges(
                new Organisation(Sys, "Judged", kind, DateSpan.Always, null, "test"),
                DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture),
                new OrganisationTree([], [], [])));

    [Fact]
    public void Evaluate_TwoIndicatorsOfOneDomain_HasNoLevel()
    {
        var oneDomain = new EscalationCalculator(
            new[] { Ed, Utc with { ServiceDomain = Ed.ServiceDomain } }.ToDictionary(indicator => indicator.Key), SmallSystem.Indicators);

        var reading = oneDomain.Evaluate(TwoInputs, Sys, March, new StatementSet(Inputs(40, 40)), _ => AbsenceCode.Late);

        Assert.Null(reading.CalculatedLevel);
        Assert.Equal("It would rest on 1 service domain; at least 2 are required.", reading.NotCalculatedBecause);
    }

    [Fact]
    public void Evaluate_TooFewPointsObservable_HasNoLevel()
    {
        var third = TwoInputs with { Parameters = [.. TwoInputs.Parameters, .. TwoInputs.Parameters.Take(1)], MissingData = TwoInputs.MissingData with { MinimumIndicators = 2, MinimumServiceDomains = 1, MinimumObservablePercent = 75 } };

        var reading = Evaluate(third, Inputs(40, null));

        Assert.Null(reading.CalculatedLevel);
        Assert.Equal("Only 66.7 % of the points are observable; at least 75 % are required.", reading.NotCalculatedBecause);
    }

    [Fact]
    public void Evaluate_MostOfAnInputFellSilent_CountsItAsMissingAndNotAsCalm()
    {
        var february = LondonCalendar.Month(2026, 2);
        RecordedStatement[] before =
        [
            State("ed-seen", P1, february, 20), State("ed-breaches", P1, february, 0),
            State("ed-seen", P2, february, 80), State("ed-breaches", P2, february, 60),
        ];
        RecordedStatement[] calmOneOnly =
        [
            State("ed-seen", P1, March, 20), State("ed-breaches", P1, March, 0),
            State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 0),
        ];

        var reading = Evaluate(TwoInputs, [.. before, .. calmOneOnly]);

        Assert.Null(reading.CalculatedLevel);
        var missing = Assert.Single(reading.Missing);
        Assert.Equal(("ed-breach-share", 20.0), (missing.Indicator.Key, missing.CoveragePercent));
        Assert.Equal(AbsenceCode.Late, missing.Value.Absence);
        Assert.Equal([P2], missing.Silent);
    }

    [Theory]
    [InlineData(20, 4)]
    [InlineData(21, null)]
    public void Evaluate_PartOfAnInputFellSilent_CountsUpToTheCoverageThatIsAskedFor(double silent, int? level)
    {
        var february = LondonCalendar.Month(2026, 2);

        var reading = Evaluate(TwoInputs, [
            State("ed-seen", P2, february, silent), State("ed-breaches", P2, february, 0),
            State("ed-seen", P1, March, 80), State("ed-breaches", P1, March, 80),
            State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 100)]);

        Assert.Equal(level, reading.CalculatedLevel);
    }

    [Theory]
    [InlineData(40, 4)]
    [InlineData(20, null)]
    public void Evaluate_FiguresOfTheMonthBefore_CountAsLongAsTheirMaximumAgeLets(int days, int? level)
    {
        var february = LondonCalendar.Month(2026, 2);
        var framework = TwoInputs with
        {
            Parameters = [.. TwoInputs.Parameters.Select(parameter => parameter with { MaximumAge = new MaximumAge(TimeSpan.FromDays(days), Provenance.LocalPlaceholder, "test") })],
        };

        var reading = Evaluate(framework, [
            State("ed-seen", P1, february, 100), State("ed-breaches", P1, february, 100),
            State("utc-seen", P1, february, 100), State("utc-breaches", P1, february, 100)]);

        Assert.Equal(level, reading.CalculatedLevel);
    }

    [Fact]
    public void Evaluate_InputNotApplicable_IsOutOfTheMaximumAndNotMissing()
    {
        var lenient = TwoInputs with { MissingData = TwoInputs.MissingData with { MinimumIndicators = 1, MinimumServiceDomains = 1 } };

        var reading = Evaluate(lenient, [
            .. Inputs(40, null),
            State("utc-seen", P1, March, 0), State("utc-breaches", P1, March, 0),
            State("utc-seen", P2, March, 0), State("utc-breaches", P2, March, 0)]);

        Assert.Equal(4, reading.CalculatedLevel);
        Assert.Equal(3, reading.Outcome.Applicable);
        Assert.Empty(reading.Missing);
        Assert.Single(reading.NotApplicable);
    }

    [Fact]
    public void Evaluate_AWorseInput_NeverLowersScoreOrLevel() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 100]).Sample((ed, utc, worse) =>
        {
            var before = Evaluate(TwoInputs, Inputs(ed, utc));
            var after = Evaluate(TwoInputs, Inputs(Math.Max(ed, worse), utc));

            Assert.True(after.Outcome.Points >= before.Outcome.Points);
            Assert.True(after.CalculatedLevel >= before.CalculatedLevel);
        });

    [Fact]
    public void Evaluate_OrderOfStatements_DoesNotMatter() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Int[0, 1_000_000]).Sample((ed, utc, seed) =>
        {
            var inputs = Inputs(ed, utc);
            var shuffled = inputs.OrderBy(statement => HashCode.Combine(statement.Series, seed)).ToArray();

            Assert.Equal(Evaluate(TwoInputs, inputs).Outcome, Evaluate(TwoInputs, shuffled).Outcome);
        });

    private static RecordedStatement[] Inputs(double edBreaches, double? utcBreaches) =>
    [
        State("ed-seen", P1, March, 60), State("ed-breaches", P1, March, edBreaches * 0.6),
        State("ed-seen", P2, March, 40), State("ed-breaches", P2, March, edBreaches * 0.4),
        .. utcBreaches is { } utc ? [State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, utc)] : Array.Empty<RecordedStatement>(),
    ];
}
