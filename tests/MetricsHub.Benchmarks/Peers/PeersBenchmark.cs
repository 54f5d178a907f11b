using System.Globalization;
using MetricsHub.Benchmarks.Http;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>
/// MetricsHub by itself and on InfluxDB, beside InfluxDB and VictoriaMetrics: filled with the same points and asked the same questions over
/// HTTP, in one run on one machine. A peer that answers a question wrongly ends it.
/// </summary>
internal static class PeersBenchmark
{
    public const string Argument = "peers";
    private const long DefaultPoints = 14_000_000;

    /// <summary>Beyond it something hangs. The longest step is the fill of a hub on InfluxDB.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(20);

    /// <param name="arguments"><c>peers [--points 14000000]</c>; whole days of them are taken.</param>
    /// <returns>The exit code: 0 where all was measured and every answer was right, whatever became of the goals.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var points = new Points((int)Math.Ceiling(Math.Max(2, PointsIn(arguments) / (double)(Points.SeriesCount * Points.TicksADay))), TimeProvider.System);
        var folder = Directory.CreateTempSubdirectory("metricshub-peers-");
        var steps = new Steps(LongestStep);
        PeersTable? table = null;
        try
        {
            await using (var peers = await steps.RunAsync("start", token => FourPeers.StartAsync(points, folder.FullName, token)))
            {
                var comparison = new Comparison(points, peers, steps);
                table = comparison.Table;
                await comparison.RunAsync();
            }

            if (Pace.Of(points).Cached)
            {
                Goals.AddCached(table, await steps.RunAsync("cached answers", _ => HttpBenchmark.MeasureAsync()));
            }

            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or OperationCanceledException or TimeoutException or IOException)
        {
            await Console.Error.WriteLineAsync($"{steps.Current}: {exception.Message}");
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points.Count:N0} points: {Points.SeriesCount} series, {points.Days} days"));
            output.WriteLine();
            table?.Print(output);
        }
    }

    private static long PointsIn(string[] arguments) => arguments switch
    {
        [_] => DefaultPoints,
        [_, "--points", var count] => long.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Expected {Argument} [--points {DefaultPoints}]."),
    };
}
