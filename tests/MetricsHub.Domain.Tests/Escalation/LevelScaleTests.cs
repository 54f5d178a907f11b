using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class LevelScaleTests
{
    [Theory]
    [InlineData(Rounding.None, 22.4, 3)]
    [InlineData(Rounding.HalfUp, 22.4, 2)]
    [InlineData(Rounding.HalfUp, 22.5, 3)]
    [InlineData(Rounding.None, 22, 2)]
    [InlineData(Rounding.HalfUp, 33.49, 3)]
    [InlineData(Rounding.HalfUp, 0, 1)]
    public void LevelOf_ScoreBetweenWholeNumbers_FollowsTheRoundingRule(Rounding rounding, decimal score, int level)
    {
        var framework = Frameworks.Sums with { Scoring = Frameworks.Sums.Scoring with { Rounding = rounding } };

        Assert.Equal(level, new LevelScale(framework).LevelOf(score));
    }

    [Theory]
    [InlineData("[0, 25)", "[25, 50)", "[50, 75)", "[75, 100]", 50, 3)]
    [InlineData("[0, 25]", "(25, 50]", "(50, 75]", "(75, 100]", 50, 2)]
    public void LevelOf_ScoreOnTheEdge_GoesToTheLevelThatTakesItIn(string one, string two, string three, string four, decimal score, int level) =>
        Assert.Equal(level, new LevelScale(Frameworks.Of(ScoringMode.PercentOfAvailable, Rounding.None, [], [one, two, three, four])).LevelOf(score));

    /// <summary>As doubles 0.516 + 0.306 + 0.178 times 22 is more than 22, and would be level 3.</summary>
    [Fact]
    public void ScoreOf_WeightsThatAreNoBinaryFractions_MakesNoHairOfALevel()
    {
        var scale = new LevelScale(Frameworks.Sums);
        var weighted = (22 * 0.516m) + (22 * 0.306m) + (22 * 0.178m);

        Assert.Equal(22m, scale.ScoreOf(weighted, 44));
        Assert.Equal(2, scale.LevelOf(weighted));
    }
}
