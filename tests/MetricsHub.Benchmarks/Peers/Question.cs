using MetricsHub.Domain.Observations;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>What is worked out of the figures.</summary>
internal enum Working
{
    /// <summary>The newest figure of each series.</summary>
    Latest,

    /// <summary>The figures themselves.</summary>
    None,

    /// <summary>The mean of each day.</summary>
    DailyMean,

    /// <summary>The mean of each hour.</summary>
    HourlyMean,

    /// <summary>One 95th percentile of all figures of each series.</summary>
    Percentile95,
}

/// <summary>One of the six questions that all peers are asked.</summary>
/// <param name="Name">q1 to q6.</param>
/// <param name="FirstSeries">The first of the series asked for, which are <paramref name="Series"/> in a row.</param>
/// <param name="Days">How many days up to the end of the points.</param>
internal sealed record Question(string Name, string Words, Working Working, int FirstSeries, int Series, int Days, Points Points)
{
    public DateTimeOffset To => Points.End;

    public DateTimeOffset From => To.AddDays(-Days);

    public int FirstTick => Points.Ticks - (Days * Points.TicksADay);

    /// <summary>How long one step of the answer is.</summary>
    public TimeSpan Step => Working switch
    {
        Working.Latest or Working.Percentile95 => To - From,
        Working.DailyMean => TimeSpan.FromDays(1),
        Working.HourlyMean => TimeSpan.FromHours(1),
        _ => TimeSpan.FromMinutes(15),
    };

    public IEnumerable<SeriesKey> Keys => Points.Series.Skip(FirstSeries).Take(Series);

    /// <summary>The six, over as many days as there are.</summary>
    public static Question[] All(Points points)
    {
        var (week, month, quarter) = (Math.Min(points.Days, 7), Math.Min(points.Days, 30), Math.Min(points.Days, 90));
        return
        [
            new("q1", "latest of 400 series", Working.Latest, 0, Points.SeriesCount, 1, points),
            new("q2", "one series, 24 h, raw", Working.None, 207, 1, 1, points),
            new("q3", $"one series, {points.Days} d, daily means", Working.DailyMean, 207, 1, points.Days, points),
            new("q4", $"40 series, {quarter} d, hourly means", Working.HourlyMean, 40, 40, quarter, points),
            new("q5", $"400 series, {month} d, hourly means to score", Working.HourlyMean, 0, Points.SeriesCount, month, points),
            new("q6", $"400 series, 95th percentile of {week} d", Working.Percentile95, 0, Points.SeriesCount, week, points),
        ];
    }
}
