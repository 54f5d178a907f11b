using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.Checks.CheckSamples;

namespace MetricsHub.Domain.Tests.Checks;

public sealed class UnitSlipTests
{
    private static readonly double[] Steady = [10, 11, 9, 10, 12, 10, 9, 11];

    [Theory]
    [InlineData(600, "looks like another unit of time: 60 times the median of its last 8 figures")]
    [InlineData(0.2, "looks like another unit of time: 0.02 times the median of its last 8 figures")]
    [InlineData(200, "looks like another unit of time: 20 times the median of its last 8 figures")]
    public void Check_OtherUnitThanItsHistory_RefusesItAndSaysHowManyTimes(double number, string reason)
    {
        var refusal = Assert.Single(Gate.Check([State("wait", number)], Nothing with { History = History("wait", Steady) }).Refused);

        Assert.Equal((CheckKinds.UnitSlip, reason), (refusal.Checks, refusal.Reason));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(190)]
    [InlineData(2000)]
    [InlineData(0)]
    public void Check_MultipleThatIsNoUnit_KeepsIt(double number) =>
        Assert.Empty(Gate.Check([State("wait", number)], Nothing with { History = History("wait", Steady) }).Refused);

    [Fact]
    public void Check_TooLittleHistory_JudgesNothing() =>
        Assert.Empty(Gate.Check([State("wait", 600)], Nothing with { History = History("wait", Steady[1..]) }).Refused);

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    public void Check_SmallCounts_AreNotJudged(double usual, int refused) =>
        Assert.Equal(
            refused,
            Gate.Check([State("beds-open", usual * 10)], Nothing with { History = History("beds-open", [.. Enumerable.Repeat(usual, 8)]) }).Refused.Count);

    [Fact]
    public void Check_HistoryInThePublicationItself_CountsAndASlipDoesNotShiftIt()
    {
        Statement[] statements =
        [
            .. Steady.Select((number, day) => State("wait", number, day)), .. Enumerable.Range(8, 30).Select(day => State("wait", 600, day)), State("wait", 10, 38),
        ];

        var result = Gate.Check(statements, Nothing);

        Assert.Equal(statements[8..38], result.Refused.Select(refusal => refusal.Statement));
    }

    [Fact]
    public void Check_FiguresOfItsOwnPeriodsKnown_AreNoHistory()
    {
        // What is known of day 0 and after may be this very publication's, stored before a crash.
        var after = History("wait", Steady).Select((statement, index) => statement with { Period = Day(index) }).ToList();

        Assert.Empty(Gate.Check([State("wait", 600)], Nothing with { History = after }).Refused);
    }

    [Fact]
    public void HistoryOf_Statements_NamesTheirSeriesAndReachesTwiceTheFiguresBack()
    {
        var range = Gate.HistoryOf([State("wait", 1, day: 3), State("wait", 1, day: 5, organisation: "RA7"), State("beds-occupied", 1)])!;

        Assert.Equal(["wait"], range.Metrics.Select(metric => metric.ToString()));
        Assert.Equal(["RA7", "RTP"], range.Organisations.Select(code => code.ToString()).Order());
        Assert.Equal((Day(3).Start.AddDays(-40), Day(5).Start), (range.From, range.To));
        Assert.Null(Gate.HistoryOf([State("beds-occupied", 1)]));
        var ancient = State("wait", 1) with { Period = new Period(DateTimeOffset.MinValue, DateTimeOffset.MaxValue.AddTicks(-1)) };
        Assert.Equal(DateTimeOffset.MinValue, Gate.HistoryOf([ancient])!.From);
    }
}
