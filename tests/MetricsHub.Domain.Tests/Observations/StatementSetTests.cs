using MetricsHub.Domain.Observations;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Observations;

public sealed class StatementSetTests
{
    [Fact]
    public void With_OtherStatements_ReplacesThoseOfTheirSeriesAndPeriodAndLeavesTheFirst()
    {
        var (old, kept, added) = (State("ed-seen", P1, March, 1), State("ed-seen", P2, March, 2), State("ed-seen", P1, April, 3));
        var set = new StatementSet([old, kept]);
        var replaced = old with { Figure = Figure.Of(9) };

        var other = set.With([replaced, added]);

        Assert.Equal([replaced, kept, added], new[] { (P1, March), (P2, March), (P1, April) }.Select(place => other.Find(new SeriesKey(old.Series.Metric, place.Item1), place.Item2)));
        Assert.Equal(old, set.Find(old.Series, March));
        Assert.Null(set.Find(old.Series, April));
    }
}
