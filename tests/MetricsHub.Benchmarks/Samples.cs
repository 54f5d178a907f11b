using System.Diagnostics;
using System.Globalization;

namespace MetricsHub.Benchmarks;

/// <summary>How long one thing took each time, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> times = [];

    public int Count => times.Count;

    public double P50 => Percentile(0.50);

    public double P99 => Percentile(0.99);

    public double Total => times.Sum();

    public async Task MeasureAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Measures two things by turns, so that the machine's other work falls on both alike.</summary>
    public static async Task<(Samples Hub, Samples Bare)> ByTurnsAsync(int warmUp, int turns, Func<Task> hub, Func<Task> bare)
    {
        for (var turn = 0; turn < warmUp; turn++)
        {
            await hub();
            await bare();
        }

        var (first, second) = (new Samples(), new Samples());
        for (var turn = 0; turn < turns; turn++)
        {
            await first.MeasureAsync(hub);
            await second.MeasureAsync(bare);
        }

        return (first, second);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{P50:0.000} / {P99:0.000} ms");

    private double Percentile(double share)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
