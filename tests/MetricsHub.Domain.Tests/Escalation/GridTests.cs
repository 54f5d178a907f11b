using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class GridTests
{
    [Fact]
    public void SlotAt_EndOfMonth_IsThatMonth() =>
        Assert.Equal(LondonCalendar.Month(2024, 6), Grid.SlotAt(Cadence.Month, LondonCalendar.Month(2024, 6).End));

    [Fact]
    public void SlotAt_JustBeforeEndOfMonth_IsTheMonthBefore() =>
        Assert.Equal(LondonCalendar.Month(2024, 5), Grid.SlotAt(Cadence.Month, LondonCalendar.Month(2024, 6).End.AddTicks(-1)));

    [Theory]
    [InlineData("2026-01-10T09:15:00Z", "2026-01-10T09:15:00Z")]
    [InlineData("2026-01-10T09:15:01Z", "2026-01-10T09:30:00Z")]
    public void PeriodClosedBy_AnInstant_EndsAtItOrAfter(string instant, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, null), Grid.PeriodClosedBy(Cadence.QuarterHour, DateTimeOffset.Parse(instant, null)).End);

    [Theory]
    [InlineData(Cadence.Month, 12)]
    [InlineData(Cadence.Day, 365)]
    [InlineData(Cadence.QuarterHour, 365 * 96)]
    public void SlotsBetween_AYear_MeetWithoutGap(Cadence grid, int count)
    {
        var year = new Period(LondonCalendar.StartOf(new DateOnly(2025, 1, 1)), LondonCalendar.StartOf(new DateOnly(2026, 1, 1)));

        var slots = Grid.SlotsBetween(grid, year.Start, year.End).ToList();

        Assert.Equal(count, slots.Count);
        Assert.Equal(year.Start, slots[0].Start);
        Assert.Equal(year.End, slots[^1].End);
        Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.All(slots.Skip(1).Zip(slots), pair => Assert.Equal(pair.Second, Grid.Previous(grid, pair.First)));
    }
}
