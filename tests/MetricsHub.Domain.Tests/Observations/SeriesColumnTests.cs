using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Observations;

public sealed class SeriesColumnTests
{
    public static TheoryData<long[], double[], AbsenceCode[]> NoColumns => new()
    {
        { [1, 2], [1], [default] },
        { [2, 2], [1, 1], [default, default] },
        { [1], [double.NaN], [default] },
        { [1], [1], [AbsenceCode.Late] },
    };

    [Theory]
    [MemberData(nameof(NoColumns))]
    public void Column_ThatIsNone_IsRefused(long[] ends, double[] numbers, AbsenceCode[] absences) =>
        Assert.Throws<ArgumentException>(() => new SeriesColumn(ends, numbers, absences));

    [Fact]
    public void Of_TwoPeriodsThatEndTogether_TakesTheShorterInColumnAndStatements()
    {
        var quarter = LondonCalendar.Quarter(2026, 1);
        var statements = new StatementSet([State("ed-seen", P1, quarter, 300), State("ed-seen", P1, March, 100)]);
        var series = new SeriesKey(new("ed-seen"), P1);

        Assert.Equal(1, statements.ColumnOf(series).Count);
        Assert.Equal(March, statements.EndingAt(series, March.End)!.Period);
        Assert.Null(statements.EndingAt(series, April.End));
    }
}
