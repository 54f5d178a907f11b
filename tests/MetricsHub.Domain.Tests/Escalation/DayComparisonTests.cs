using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class DayComparisonTests
{
    private static readonly DateOnly First = new(2026, 3, 1);

    [Fact]
    public void Of_DaysThatOnlyOneJudges_AreLeftOut() =>
        Assert.Equal([First.AddDays(1)], DayComparison.Of([Day(0, 1, 1), Day(1, 1, 1)], [Day(1, 1, 1), Day(2, 1, 1)]).Pairs.Select(pair => pair.Day));

    [Fact]
    public void Counts_TellTheCalculatedFromTheShownLevel()
    {
        var comparison = DayComparison.Of(
            [Day(0, 2, 2), Day(1, 2, 3), Day(2, 3, 3), Day(3, 4, 4)],
            [Day(0, 2, 2), Day(1, 2, 2), Day(2, 2, 3), Day(3, 1, 2)]);

        Assert.Equal((2, 2, 0), (comparison.CalculatedDiffers, comparison.ShownDiffers, comparison.UnknownDays));
        Assert.Equal([First.AddDays(1), First.AddDays(2), First.AddDays(3)], comparison.Noteworthy.Select(pair => pair.Day));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    [InlineData(0, 0)]
    public void Counts_DayOfWhichOneSaysNothing_IsUnknownAndNeverTheSame(int level, int against)
    {
        var comparison = DayComparison.Of([Day(0, level, 3)], [Day(0, against, 3)]);

        Assert.Equal((0, 0, 1), (comparison.CalculatedDiffers, comparison.ShownDiffers, comparison.UnknownDays));
        Assert.Equal((DayStanding.Unknown, DayStanding.Unknown), (comparison.Pairs[0].Calculated, comparison.Pairs[0].Shown));
        Assert.Single(comparison.Noteworthy);
    }

    private static LevelDay Day(int day, int level, int shown) => new(First.AddDays(day), level, shown);
}
