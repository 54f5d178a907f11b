using System.Diagnostics;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>Collection cycles after the fill: a tick of all 400 series to a request.</summary>
internal sealed class Cycles(Points points, Pace pace)
{
    private const int Readers = 4;
    private static readonly TimeSpan BetweenCommits = TimeSpan.FromMilliseconds(50);

    private int nextTick = points.Ticks;

    /// <summary>New ticks, by turns; then ticks that each peer has, sent once more.</summary>
    public async Task<(Dictionary<Peer, Samples> New, Dictionary<Peer, Samples> Again)> CommitAsync(IReadOnlyList<Peer> peers, CancellationToken cancellationToken)
    {
        var (fresh, again) = (peers.ToDictionary(peer => peer, _ => new Samples()), peers.ToDictionary(peer => peer, _ => new Samples()));
        var quarter = pace.Cycles / 4;
        for (var turn = -quarter; turn < pace.Cycles; turn++)
        {
            var tick = nextTick++;
            foreach (var peer in peers)
            {
                var body = peer.BodyOf(points, TickOf(tick));
                await MeasureAsync(turn < 0 ? new Samples() : fresh[peer], peer, body, tick);
                if (turn >= pace.Cycles - quarter)
                {
                    await MeasureAsync(again[peer], peer, body, tick);
                }
            }
        }

        return (fresh, again);

        Task MeasureAsync(Samples times, Peer peer, byte[] body, int tick) =>
            times.MeasureAsync(() => peer.PostAsync(body, KeyOf(tick), 0, cancellationToken));
    }

    /// <summary>One that writes a tick twenty times a second, and four that ask one question after another meanwhile.</summary>
    /// <returns>Questions answered a second, and the times of the writes.</returns>
    public async Task<(double Reads, Samples Commits)> TogetherAsync(Peer peer, Question[] questions, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var commits = new Samples();
        var reading = Enumerable.Range(0, Readers).Select(ReadAsync).ToArray();
        for (var due = TimeSpan.Zero; Stopwatch.GetElapsedTime(start) < pace.Together; due += BetweenCommits)
        {
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            var tick = nextTick++;
            var body = peer.BodyOf(points, TickOf(tick));
            await commits.MeasureAsync(() => peer.PostAsync(body, KeyOf(tick), 0, cancellationToken));
        }

        var reads = (await Task.WhenAll(reading)).Sum();
        return (reads / Stopwatch.GetElapsedTime(start).TotalSeconds, commits);

        async Task<int> ReadAsync(int reader)
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < pace.Together; count++)
            {
                await peer.AskAsync(questions[(reader + count) % questions.Length], cancellationToken);
            }

            return count;
        }
    }

    private static Slice TickOf(int tick) => new(tick, 1, 0, Points.SeriesCount);

    private static string KeyOf(int tick) => FormattableString.Invariant($"tick-{tick}");
}
