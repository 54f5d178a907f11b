using MetricsHub.Simulator.Playing;
using Xunit;

namespace MetricsHub.Tests.Simulator;

public sealed class LondonDayTests
{
    [Theory]
    [InlineData(2026, 3, 29, 92)]
    [InlineData(2026, 7, 1, 96)]
    [InlineData(2026, 10, 25, 100)]
    public void Day_WhenClocksChange_HasAsManyQuarterHoursAsItLasts(int year, int month, int date, int slots)
    {
        var day = new LondonDay(new DateOnly(year, month, date));

        Assert.Equal(slots, day.Ends.Count);
        Assert.Equal(day.Date, LondonDay.DateOf(day.Ends[^1]));
        Assert.Equal(day.Date.AddDays(1), LondonDay.DateOf(day.Ends[^1].AddMinutes(15)));
        Assert.Equal((day.Date, slots - 1), (LondonDay.Holding(day.Ends[^1]).Day.Date, LondonDay.Holding(day.Ends[^1]).Slot));
    }
}
