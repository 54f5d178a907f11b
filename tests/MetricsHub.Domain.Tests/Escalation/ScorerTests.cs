using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class ScorerTests
{
    [Fact]
    public void Score_PercentOfAvailable_LeavesWhatIsMissingOutOfBothSides()
    {
        var outcome = Score(Frameworks.Shares, 35, 15, null, 5);

        Assert.Equal((4m, 9m, 12m), (outcome.Points, outcome.Available, outcome.Applicable));
        Assert.Equal(44.444m, Math.Round(outcome.Score, 3));
        Assert.Equal((2, 2, 3), (outcome.Level, outcome.LowestLevel, outcome.HighestLevel));
        Assert.Equal(25, outcome.UnknownPercent);
        Assert.False(outcome.Bounds.IsCertain);
    }

    /// <summary>20 of 40 available points are as much of the scale as 22 of 44: a missing input is not a zero.</summary>
    [Fact]
    public void Score_SumWithAnInputMissing_IsScaledToAllPoints()
    {
        var scorer = Frameworks.Sums.Score();
        double?[] values = [1, null, 1, 1, 1, 0, 0, 0, 0];

        var outcome = scorer.Score(States(scorer, values));

        Assert.Equal((22m, 40m, 44m), (outcome.Points, outcome.Available, outcome.Applicable));
        Assert.Equal(24.2m, outcome.Score);
        Assert.Equal((3, 2, 3), (outcome.Level, outcome.LowestLevel, outcome.HighestLevel));
    }

    [Fact]
    public void Score_EverythingThere_IsCertain()
    {
        var outcome = Score(Frameworks.Shares, 35, 35, 25, 5);

        Assert.Equal((8m, 3, true, 0.0), (outcome.Points, outcome.Level, outcome.Bounds.IsCertain, outcome.UnknownPercent));
    }

    [Fact]
    public void Score_WeightedParameter_CountsAsManyTimes()
    {
        var heavy = Frameworks.Shares with
        {
            Parameters = [Frameworks.Parameter("p0", "(-inf, 10]=0 (10, +inf)=3", weight: 2.5m), .. Frameworks.Shares.Parameters.Skip(1)],
        };

        var outcome = Score(heavy, 11, 5, 5, 5);

        Assert.Equal((7.5m, 16.5m), (outcome.Points, outcome.Available));
    }

    [Theory]
    [InlineData(0.3, 2)]
    [InlineData(0.8, 0)]
    [InlineData(0.95, 1)]
    [InlineData(1.05, 3)]
    public void Read_TwoSidedBands_ScoreTooEmptyAsWellAsTooFull(double occupancy, decimal points)
    {
        var framework = Frameworks.Shares with { Parameters = [Frameworks.Parameter("vw", "(-inf, 0.4)=2 [0.4, 0.9]=0 (0.9, 1]=1 (1, +inf)=3")] };
        var scorer = framework.Score();

        Assert.Equal(points, scorer.PointsOf(0, scorer.Read(0, occupancy).Band));
    }

    [Fact]
    public void Read_NoNumber_IsRefusedAndNotScored() =>
        Assert.Contains("No band of p0 holds it.", Assert.Throws<ArgumentOutOfRangeException>(() => Frameworks.Shares.Score().Read(0, double.NaN)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(35.0, null, null, null, NoLevel.TooFewIndicators)]
    [InlineData(35.0, 35.0, null, null, NoLevel.TooFewPoints)]
    [InlineData(35.0, 35.0, 35.0, null, NoLevel.None)]
    public void Score_TooLittleThere_HasNoLevelButBounds(double? a, double? b, double? c, double? d, NoLevel why)
    {
        var outcome = Score(Frameworks.Shares, a, b, c, d);

        Assert.Equal((why, why == NoLevel.None), (outcome.Why, outcome.IsCalculated));
        Assert.Equal(4, outcome.HighestLevel);
    }

    [Fact]
    public void Score_NothingApplies_IsUnknownAndNotFine()
    {
        var scorer = Frameworks.Shares.Score();

        var outcome = scorer.Score([.. Enumerable.Repeat(InputState.NotApplicable, 4)]);

        Assert.Equal((NoLevel.TooFewIndicators, 1, 4, 100.0), (outcome.Why, outcome.LowestLevel, outcome.HighestLevel, outcome.UnknownPercent));
    }

    [Fact]
    public void ScorePillar_AtItsWorst_StandsBesideACalmWhole()
    {
        var scorer = Frameworks.Shares.Score();
        var states = States(scorer, [35, 5, 5, 5]);

        Assert.Equal(1, scorer.Score(states).Level);
        Assert.Equal([4, 1, 1, 1], scorer.Pillars.Index().Select(pillar => (int)scorer.ScorePillar(states, pillar.Index).Level));
    }

    [Fact]
    public void Scorer_MoreServiceDomainsThanCanBeCounted_IsRefused()
    {
        var framework = Frameworks.Shares with { Parameters = [.. Enumerable.Range(0, 65).Select(i => Frameworks.Parameter($"p{i}", "(-inf, 1]=0 (1, +inf)=1"))] };

        Assert.Throws<ArgumentException>(() => framework.Score());
    }

    [Fact]
    public void Scorer_AsManyServiceDomainsAsCanBeCounted_CountsThemAll()
    {
        var framework = Frameworks.Shares with { Parameters = [.. Enumerable.Range(0, 64).Select(i => Frameworks.Parameter($"p{i}", "(-inf, 1]=0 (1, +inf)=1"))] };
        var scorer = framework.Score();

        Assert.Equal(64, scorer.Score([.. Enumerable.Range(0, 64).Select(i => scorer.Read(i, 0))]).ServiceDomains);
    }

    private static SlotOutcome Score(Framework framework, params double?[] values)
    {
        var scorer = framework.Score();
        return scorer.Score(States(scorer, values));
    }

    private static InputState[] States(Scorer scorer, double?[] values) =>
        [.. values.Select((value, i) => value is { } number ? scorer.Read(i, number) : InputState.Missing)];
}
