using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class FlapScoreTests
{
    [Fact]
    public void Of_FewerReadingsThanItTakes_IsNothing() =>
        Assert.Null(FlapScore.Of(new int[FlapScore.Readings - 1]));

    [Fact]
    public void Of_MoreReadings_LooksAtTheNewestOnly()
    {
        int[] restlessThenQuiet = [1, 2, 1, 2, .. Enumerable.Repeat(3, FlapScore.Readings)];

        Assert.Equal(0, FlapScore.Of(restlessThenQuiet));
    }
}
