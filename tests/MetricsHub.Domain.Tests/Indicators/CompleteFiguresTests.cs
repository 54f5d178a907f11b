using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using Xunit;

namespace MetricsHub.Domain.Tests.Indicators;

public sealed class CompleteFiguresTests
{
    private static readonly OrganisationCode Code = new("P1");
    private static readonly Indicator Share = new(
        "share", "Share", "Made", "ed", "share", Polarity.LowIsGood,
        [Formula("breaches", "seen"), Formula("late", "seen")]);

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 2)]
    [InlineData(1, null)]
    public void LastEnd_OneFormula_IsTheNewestPeriodForWhichAllItsMetricsHaveANumber(int until, int? expected) =>
        Assert.Equal(expected, LastEnd(until, ("breaches", [1, 2, 3], [1, 1, 1]), ("seen", [2], [1])));

    [Fact]
    public void LastEnd_AbsenceInPlaceOfANumber_IsNotComplete() =>
        Assert.Equal(1, LastEnd(3, ("breaches", [1, 2], [1, 1]), ("seen", [1, 2], [1, double.NaN])));

    [Fact]
    public void LastEnd_SeveralFormulas_IsThatOfTheOneThatIsCompleteLast() =>
        Assert.Equal(3, LastEnd(4, ("breaches", [1], [1]), ("late", [3], [1]), ("seen", [1, 3], [1, 1])));

    [Fact]
    public void LastEnd_NothingStated_IsNone() => Assert.Null(LastEnd(4));

    private static IndicatorFormula Formula(string over, string under) =>
        new([new IndicatorTerm(new MetricKey(over), false)], [new IndicatorTerm(new MetricKey(under), false)]);

    private static long? LastEnd(long until, params (string Metric, long[] Ends, double[] Numbers)[] columns) => CompleteFigures.LastEnd(
        Share, Code, new DateTimeOffset(until, TimeSpan.Zero),
        series => columns.Where(column => column.Metric == series.Metric.ToString())
            .Select(column => new SeriesColumn(
                column.Ends, column.Numbers, [.. column.Numbers.Select(number => double.IsNaN(number) ? AbsenceCode.Late : default)]))
            .FirstOrDefault() ?? SeriesColumn.Empty)?.UtcTicks;
}
