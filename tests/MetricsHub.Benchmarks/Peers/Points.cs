using System.Globalization;
using System.Text;
using MetricsHub.Benchmarks.Storage;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>Some ticks of some of the series: one request's points, tick by tick.</summary>
internal readonly record struct Slice(int FirstTick, int Ticks, int FirstSeries, int Series)
{
    public int Count => Ticks * Series;

    public int TickAfter => FirstTick + Ticks;
}

/// <summary>The points of the comparison, 400 series every quarter of an hour, in the words of each peer.</summary>
internal sealed class Points(int days, TimeProvider clock)
{
    public const int SeriesCount = 400;
    public const int TicksADay = 96;

    /// <summary>What is written after the fill ends before now: the hub refuses the future.</summary>
    private const int DaysLeft = 30;

    private readonly Workload workload = new(SeriesCount, days, new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-days - DaysLeft));

    public int Days => days;

    public int Ticks => workload.Ticks;

    public long Count => (long)Ticks * SeriesCount;

    public DateTimeOffset Start => workload.Start;

    public DateTimeOffset End => workload.End;

    public IReadOnlyList<SeriesKey> Series => workload.Series;

    public static double Number(int series, int tick) => Workload.Number(series, tick);

    public DateTimeOffset TimeOf(int tick) => Start.AddMinutes(15 * tick);

    /// <summary>Rows of a push. A figure of a quarter of an hour is stated at the instant that closes it.</summary>
    public byte[] Csv(Slice slice)
    {
        var text = new StringBuilder("metric,organisation,at,value\n", 48 * slice.Count);
        for (var tick = slice.FirstTick; tick < slice.TickAfter; tick++)
        {
            var at = TimeOf(tick + 1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            for (var series = slice.FirstSeries; series < slice.FirstSeries + slice.Series; series++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Series[series].Metric},{Series[series].Organisation},{at},{Number(series, tick)}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>InfluxDB's line protocol, with times in seconds.</summary>
    public byte[] Lines(Slice slice)
    {
        var text = new StringBuilder(48 * slice.Count);
        for (var tick = slice.FirstTick; tick < slice.TickAfter; tick++)
        {
            var at = TimeOf(tick).ToUnixTimeSeconds();
            for (var series = slice.FirstSeries; series < slice.FirstSeries + slice.Series; series++)
            {
                text.Append(CultureInfo.InvariantCulture, $"obs,m={Series[series].Metric},s={Series[series].Organisation} v={Number(series, tick)} {at}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
