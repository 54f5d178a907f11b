using CsCheck;
using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class IntervalTests
{
    private static readonly Interval NumberLine = new(double.NegativeInfinity, false, double.PositiveInfinity, false);

    [Theory]
    [InlineData("[0.6, 0.7)")]
    [InlineData("(-inf, 0.6]")]
    [InlineData("(1, +inf)")]
    [InlineData("[25, 50]")]
    public void TryParse_Notation_RoundTrips(string text)
    {
        Assert.True(Interval.TryParse(text, out var interval));
        Assert.Equal(text, interval!.ToString());
    }

    [Theory]
    [InlineData("[0.6, 0.6]", 0.6)]
    [InlineData("(0, inf)", double.MaxValue)]
    public void TryParse_NotationOfOneNumberOrWithoutAPlus_HoldsIt(string text, double number) => Assert.True(Parse(text).Contains(number));

    [Fact]
    public void FindGapsAndOverlaps_OneNumberBesideWhatExcludesIt_IsNoFault() =>
        Assert.Empty(Interval.FindGapsAndOverlaps([Parse("(1, 2]"), Parse("[1, 1]")], Parse("[1, 2]")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0.6-0.7")]
    [InlineData("[0.7, 0.6)")]
    [InlineData("[0.6, 0.6)")]
    [InlineData("[0.6 0.7)")]
    [InlineData("[1,5, 2)")]
    public void TryParse_AnythingElse_Fails(string? text) => Assert.False(Interval.TryParse(text, out _));

    [Fact]
    public void Contains_Edges_FollowTheBrackets()
    {
        var interval = new Interval(1, fromInclusive: true, 2, toInclusive: false);

        Assert.True(interval.Contains(1));
        Assert.False(interval.Contains(2));
    }

    [Theory]
    [InlineData("(-inf, 1)", "(1, +inf)", "gap: between (-inf, 1) and (1, +inf)")]
    [InlineData("(-inf, 1]", "[2, +inf)", "gap: between (-inf, 1] and [2, +inf)")]
    [InlineData("(-inf, 1]", "[1, +inf)", "overlap: (-inf, 1] and [1, +inf)")]
    [InlineData("(-inf, 2)", "[1, +inf)", "overlap: (-inf, 2) and [1, +inf)")]
    [InlineData("[0, 1)", "[1, +inf)", "gap: nothing covers (-inf, +inf) below [0, 1)")]
    [InlineData("(-inf, 1)", "[1, 2]", "gap: nothing covers (-inf, +inf) above [1, 2]")]
    public void FindGapsAndOverlaps_Fault_NamesIt(string first, string second, string fault) =>
        Assert.Equal([fault], Interval.FindGapsAndOverlaps([Parse(second), Parse(first)], NumberLine));

    [Fact]
    public void FindGapsAndOverlaps_NothingAtAll_IsOneGap() =>
        Assert.Equal(["gap: nothing covers [0, 100]"], Interval.FindGapsAndOverlaps([], Parse("[0, 100]")));

    [Theory]
    [InlineData("(0, 100]", "gap: nothing covers [0, 100] below (0, 100]")]
    [InlineData("[0, 100)", "gap: nothing covers [0, 100] above [0, 100)")]
    public void FindGapsAndOverlaps_AnEdgeOfTheRangeLeftOut_IsAGap(string only, string fault) =>
        Assert.Equal([fault], Interval.FindGapsAndOverlaps([Parse(only)], Parse("[0, 100]")));

    [Fact]
    public void FindGapsAndOverlaps_TheRangeItself_CoversIt() =>
        Assert.Empty(Interval.FindGapsAndOverlaps([Parse("[0, 100]")], Parse("[0, 100]")));

    [Theory]
    [InlineData(double.NaN, true, 1, true)]
    [InlineData(0, true, double.NaN, true)]
    [InlineData(2, true, 1, true)]
    [InlineData(1, true, 1, false)]
    [InlineData(1, false, 1, true)]
    public void Interval_OfNoNumber_IsRefused(double from, bool fromInclusive, double to, bool toInclusive) =>
        Assert.EndsWith(
            "holds no number.",
            Assert.Throws<ArgumentException>(() => new Interval(from, fromInclusive, to, toInclusive)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void FindGapsAndOverlaps_NoneFound_EveryNumberIsInExactlyOne()
    {
        var cuts = Gen.Select(Gen.Double[-100, 100].Array[1, 6], Gen.Bool.Array[6], Gen.Double[-120, 120]);

        cuts.Sample((edges, inclusive, value) =>
        {
            var sorted = edges.Distinct().Order().ToArray();
            var intervals = Enumerable.Range(0, sorted.Length + 1).Select(i => new Interval(
                i == 0 ? double.NegativeInfinity : sorted[i - 1], i > 0 && !inclusive[i - 1],
                i == sorted.Length ? double.PositiveInfinity : sorted[i], i < sorted.Length && inclusive[i])).ToList();

            Assert.Empty(Interval.FindGapsAndOverlaps(intervals, NumberLine));
            foreach (var number in sorted.Append(value))
            {
                Assert.Single(intervals, interval => interval.Contains(number));
            }
        });
    }

    private static Interval Parse(string text)
    {
        Assert.True(Interval.TryParse(text, out var interval));
        return interval!;
    }
}
