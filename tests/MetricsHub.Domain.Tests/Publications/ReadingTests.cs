using MetricsHub.Domain.Publications;
using Xunit;

namespace MetricsHub.Domain.Tests.Publications;

public sealed class ReadingTests
{
    [Fact]
    public void Compare_ParserFirstThenReplay_Orders()
    {
        Reading[] ordered = [default, new(1, 0), new(1, 1), new(1, 10), new(2, 0), new(2, 1)];

        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(new Reading(1, 9) < new Reading(2, 0));
        Assert.True(new Reading(1, 1) >= new Reading(1, 1));
    }
}
