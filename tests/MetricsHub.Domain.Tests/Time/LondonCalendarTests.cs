using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Time;

public sealed class LondonCalendarTests
{
    [Theory]
    [InlineData(2026, 3, 29, 23)]
    [InlineData(2026, 10, 25, 25)]
    [InlineData(2026, 6, 1, 24)]
    [InlineData(2028, 2, 29, 24)]
    public void Day_OnClockChange_HasTheHoursOfTheClock(int year, int month, int day, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), LondonCalendar.Day(new DateOnly(year, month, day)).Length);

    [Fact]
    public void Month_InSummer_StartsAnHourBeforeMidnightUtc()
    {
        var june = LondonCalendar.Month(2024, 6);

        Assert.Equal(new DateTimeOffset(2024, 5, 31, 23, 0, 0, TimeSpan.Zero), june.Start);
        Assert.Equal(new DateTimeOffset(2024, 6, 30, 23, 0, 0, TimeSpan.Zero), june.End);
        Assert.Equal(new DateOnly(2024, 6, 30), LondonCalendar.LastDayOf(june));
    }

    [Fact]
    public void Quarter_OverAClockChange_HasItsThreeMonths()
    {
        var first = LondonCalendar.Quarter(2022, 1);

        Assert.Equal((LondonCalendar.Month(2022, 1).Start, LondonCalendar.Month(2022, 3).End), (first.Start, first.End));
        Assert.Equal(new DateTimeOffset(2022, 3, 31, 23, 0, 0, TimeSpan.Zero), first.End);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(9, 3)]
    [InlineData(12, 4)]
    public void QuarterOf_AnyMonth_HoldsIt(int month, int quarter) =>
        Assert.Equal(LondonCalendar.Quarter(2024, quarter), LondonCalendar.QuarterOf(LondonCalendar.Month(2024, month).Start));

    [Fact]
    public void MonthOf_EveryHourOfThreeYears_HoldsTheInstantAndMeetsItsNeighbours()
    {
        var instant = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var hour = 0; hour < 3 * 366 * 24; hour++)
        {
            var month = LondonCalendar.MonthOf(instant.AddHours(hour));

            Assert.True(month.Contains(instant.AddHours(hour)));
            Assert.Equal(month.End, LondonCalendar.MonthOf(month.End).Start);
        }
    }
}
