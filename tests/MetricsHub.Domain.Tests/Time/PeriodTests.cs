using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Time;

public sealed class PeriodTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Constructor_NotUtc_Throws() =>
        Assert.Throws<ArgumentException>(() => new Period(Noon.ToOffset(TimeSpan.FromHours(1)), Noon.AddHours(1)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_EmptyOrReversed_Throws(int hours) =>
        Assert.Throws<ArgumentException>(() => new Period(Noon, Noon.AddHours(hours)));

    [Fact]
    public void Contains_StartAndEnd_TakesTheStartOnly()
    {
        var period = new Period(Noon, Noon.AddHours(1));

        Assert.True(period.Contains(Noon));
        Assert.False(period.Contains(Noon.AddHours(1)));
    }

    [Fact]
    public void DateSpan_SuccessorStartsOnPredecessorsEnd_DoesNotOverlap()
    {
        var merger = new DateOnly(2026, 4, 1);
        var before = new DateSpan(null, merger);
        var after = new DateSpan(merger, null);

        Assert.False(before.Overlaps(after));
        Assert.False(before.Contains(merger));
        Assert.True(after.Contains(merger));
        Assert.True(DateSpan.Always.Contains(before));
        Assert.False(before.Contains(DateSpan.Always));
    }

    [Fact]
    public void DateSpan_WithoutADay_Throws() =>
        Assert.Throws<ArgumentException>(() => new DateSpan(new DateOnly(2026, 4, 1), new DateOnly(2026, 4, 1)));
}
