using System.Diagnostics;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>How a peer took the points in.</summary>
/// <param name="OneConnection">Points a second over one connection.</param>
/// <param name="TwoConnections">Points a second over two.</param>
/// <param name="Processor">Microseconds of processor for a point, all that the peer did by itself afterwards included.</param>
/// <param name="PeakMemory">The largest resident memory, in bytes.</param>
/// <param name="Took">All of it, until the peer had settled.</param>
internal sealed record Filled(double OneConnection, double TwoConnections, double Processor, long PeakMemory, TimeSpan Took);

/// <summary>
/// Fills a peer, 10,000 points to a request: four fifths of the ticks over one connection, the rest over two, each with one half of the
/// series. Bodies are made before the clock runs.
/// </summary>
internal static class Filling
{
    private const int TicksOfAll = 25;
    private const int TicksOfHalf = 50;
    private const int RequestsAtOnce = 40;

    public static async Task<Filled> FillAsync(Peer peer, Points points, CancellationToken cancellationToken)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), peer.Processor);
        var two = points.Ticks * 4 / 5 / TicksOfHalf * TicksOfHalf;
        var one = new Lanes(peer, points, [[.. Slices(0, two, TicksOfAll, 0, Points.SeriesCount)]]);
        var both = new Lanes(
            peer, points,
            [[.. Slices(two, points.Ticks, TicksOfHalf, 0, Points.SeriesCount / 2)], [.. Slices(two, points.Ticks, TicksOfHalf, Points.SeriesCount / 2, Points.SeriesCount / 2)]]);
        var (rateOfOne, rateOfTwo) = (await one.SendAsync(cancellationToken), await both.SendAsync(cancellationToken));
        await peer.SettleAsync(cancellationToken);
        return new Filled(
            rateOfOne, rateOfTwo, (peer.Processor - processor).TotalMicroseconds / points.Count, peer.PeakMemory, Stopwatch.GetElapsedTime(start));
    }

    private static IEnumerable<Slice> Slices(int from, int to, int ticks, int firstSeries, int series)
    {
        for (var tick = from; tick < to; tick += ticks)
        {
            yield return new Slice(tick, Math.Min(ticks, to - tick), firstSeries, series);
        }
    }

    /// <summary>What goes over each connection, one request after another.</summary>
    private sealed class Lanes(Peer peer, Points points, Slice[][] lanes)
    {
        /// <returns>Points a second.</returns>
        public async Task<double> SendAsync(CancellationToken cancellationToken)
        {
            var took = TimeSpan.Zero;
            for (var sent = 0; sent < lanes.Max(lane => lane.Length); sent += RequestsAtOnce)
            {
                var bodies = lanes.Select(lane => lane.Skip(sent).Take(RequestsAtOnce).Select(slice => (Slice: slice, Body: peer.BodyOf(points, slice))).ToList()).ToList();
                var start = Stopwatch.GetTimestamp();
                await Task.WhenAll(bodies.Select((lane, connection) => SendAsync(lane, connection, cancellationToken)));
                took += Stopwatch.GetElapsedTime(start);
            }

            return lanes.Sum(lane => lane.Sum(slice => (double)slice.Count)) / took.TotalSeconds;
        }

        private async Task SendAsync(List<(Slice Slice, byte[] Body)> requests, int connection, CancellationToken cancellationToken)
        {
            foreach (var (slice, body) in requests)
            {
                await peer.PostAsync(body, FormattableString.Invariant($"fill-{slice.FirstTick}-{slice.FirstSeries}"), connection, cancellationToken);
            }
        }
    }
}
