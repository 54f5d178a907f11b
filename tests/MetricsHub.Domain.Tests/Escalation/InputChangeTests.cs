using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class InputChangeTests
{
    /// <summary>ED 26 % of 100 seen (2 points), UTC 5 % of 100 (0): 2 of 6 points, level 2, which begins at 2 and ends below 3.</summary>
    [Fact]
    public void Changes_OfAReading_AreTheSmallestOfEachInputNearestFirst()
    {
        var reading = Evaluate(TwoInputs,
            State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 26),
            State("utc-seen", P1, March, 200), State("utc-breaches", P1, March, 10));

        Assert.Equal(2, reading.CalculatedLevel);
        Assert.Equal(
            [("ed-breach-share", 3, 0.3, false), ("utc-breach-share", 3, 0.1, false), ("ed-breach-share", 1, 0.2, true)],
            reading.Changes.Select(change => (change.Indicator.Key, change.ToLevel, change.Edge, change.EdgeIncluded)));
        Assert.Equal([4.0, 10.0, -6.0], reading.Changes.Select(change => Math.Round(change.NumeratorChange, 9)));
        Assert.Equal([true, true, false], reading.Changes.Select(change => change.MovesUp));
    }

    /// <summary>One point of the 20 between the outer edges in percent is nearer than five hundredths of the 0.2 between them as a share.</summary>
    [Fact]
    public void Changes_OfInputsInDifferentUnits_AreOrderedByTheStretchOfTheirBands()
    {
        var percent = new EscalationCalculator(
            new[] { Ed, Utc with { Per = 100 } }.ToDictionary(indicator => indicator.Key), SmallSystem.Indicators);
        var framework = TwoInputs with
        {
            Parameters = [TwoInputs.Parameters[0], Frameworks.Parameter("utc-breach-share", "(-inf, 10]=0 (10, 20]=1 (20, 30]=2 (30, +inf)=3")],
        };

        var reading = percent.Evaluate(framework, Sys, March, new StatementSet([
            State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 25),
            State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 9)]), _ => AbsenceCode.Late);

        Assert.Equal(["utc-breach-share", "ed-breach-share"], reading.Changes.Where(change => change.MovesUp).Select(change => change.Indicator.Key));
        Assert.Equal(1, reading.Changes[0].NumeratorChange, 9);
    }

    /// <summary>Six points of the 20 between the outer edges in percent are further than five hundredths of the 0.2, however large the edges are.</summary>
    [Fact]
    public void Changes_OfBandsFarFromZero_AreOrderedByTheStretchAndNotByTheEdges() =>
        Assert.Equal(
            ["ed-breach-share", "utc-breach-share"],
            ChangesUp("(-inf, 0.1]=0 (0.1, 0.2]=1 (0.2, 0.3]=2 (0.3, +inf)=3", 25, "(-inf, 100]=0 (100, 110]=1 (110, 120]=2 (120, +inf)=3", 94));

    /// <summary>Between one edge there is no stretch: one point of an edge at 10 is nearer than five hundredths of one at 0.3.</summary>
    [Fact]
    public void Changes_OfBandsWithOneEdge_AreOrderedByTheEdge() =>
        Assert.Equal(["utc-breach-share", "ed-breach-share"], ChangesUp("(-inf, 0.3]=0 (0.3, +inf)=3", 25, "(-inf, 10]=0 (10, +inf)=3", 9));

    [Fact]
    public void Changes_FromAnEdgeThatTheBandAboveExcludes_HaveToPassIt()
    {
        var up = Assert.Single(
            Evaluate(TwoInputs,
                State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 25),
                State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 10)).Changes,
            change => change.MovesUp && change.Indicator.Key == "utc-breach-share");

        Assert.Equal((0.1, false, 0.0), (up.Edge, up.EdgeIncluded, up.Change));
    }

    [Fact]
    public void Changes_OfAReadingWithoutALevel_AreNone() =>
        Assert.Empty(Evaluate(TwoInputs, State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 25)).Changes);

    /// <summary>Making the change does what it says: a hair more than it, and not a hair less.</summary>
    [Fact]
    public void Changes_MadeToTheFigures_MoveTheLevelWhereTheySay()
    {
        for (var breaches = 1; breaches < 100; breaches += 7)
        {
            var before = WithEd(breaches);
            foreach (var change in before.Changes.Where(change => change.Indicator.Key == "ed-breach-share"))
            {
                var enough = WithEd(breaches + change.NumeratorChange + (1e-6 * Math.Sign(change.NumeratorChange)));
                var tooLittle = WithEd(breaches + change.NumeratorChange - (1e-6 * Math.Sign(change.NumeratorChange)));

                Assert.Equal(change.ToLevel, enough.CalculatedLevel);
                Assert.Equal(before.CalculatedLevel, tooLittle.CalculatedLevel);
            }
        }
    }

    /// <summary>What moves the level up, nearest first: ED as a share of 100, UTC in percent of 100.</summary>
    private static IEnumerable<string> ChangesUp(string ed, double edBreaches, string utc, double utcBreaches)
    {
        var percent = new EscalationCalculator(
            new[] { Ed, Utc with { Per = 100 } }.ToDictionary(indicator => indicator.Key), SmallSystem.Indicators);
        var framework = TwoInputs with { Parameters = [Frameworks.Parameter("ed-breach-share", ed), Frameworks.Parameter("utc-breach-share", utc)] };
        return percent.Evaluate(framework, Sys, March, new StatementSet([
            State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, edBreaches),
            State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, utcBreaches)]), _ => AbsenceCode.Late)
            .Changes.Where(change => change.MovesUp).Select(change => change.Indicator.Key);
    }

    private static EscalationReading WithEd(double breaches) => Evaluate(TwoInputs,
        State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, breaches),
        State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 15));
}
