using System.Globalization;

namespace MetricsHub.Simulator.Playing;

/// <summary>
/// How busy a service is by month, weekday and hour, as factors around 1, from <c>factors.csv</c>, which says of each whether it is
/// derived from published figures or assumed. A rhythm that has no factors for a cycle does not follow it.
/// </summary>
internal sealed class Rhythm
{
    private readonly Dictionary<(string Rhythm, string Cycle), double[]> factors = Resource.Rows("factors.csv")
        .GroupBy(row => (row["rhythm"], row["cycle"]))
        .ToDictionary(
            group => group.Key,
            group => group.OrderBy(row => Number(row["at"])).Select(row => Number(row["factor"])).ToArray());

    /// <summary>The month's factor, that glides from the middle of one month to the middle of the next, times the weekday's.</summary>
    public double Day(string rhythm, DateOnly date)
    {
        var weekday = factors.TryGetValue((rhythm, "weekday"), out var week) ? week[((int)date.DayOfWeek + 6) % 7] : 1;
        return factors.TryGetValue((rhythm, "month"), out var year)
            ? weekday * Between(year, date.Month - 1 + ((date.Day - 15.5) / 31))
            : weekday;
    }

    /// <summary>The factor of a moment for what stands rather than happens: no step at midnight.</summary>
    public double Standing(string rhythm, DateOnly date, double hour)
    {
        var (from, to, weight) = hour < 12
            ? (Day(rhythm, date.AddDays(-1)), Day(rhythm, date), (hour + 12) / 24)
            : (Day(rhythm, date), Day(rhythm, date.AddDays(1)), (hour - 12) / 24);
        return from + ((to - from) * weight);
    }

    /// <summary>The factor of a time of day by the clock on the wall.</summary>
    public double Hour(string profile, double hour) => Between(factors[(profile, "hour")], hour - 0.5);

    private static double Between(double[] around, double position)
    {
        var first = (int)Math.Floor(position);
        var (left, right) = (around[Wrap(first)], around[Wrap(first + 1)]);
        return left + ((right - left) * (position - first));

        int Wrap(int index) => ((index % around.Length) + around.Length) % around.Length;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
