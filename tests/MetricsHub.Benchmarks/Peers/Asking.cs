using System.Diagnostics;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>Asks all peers the same question by turns, after each has answered it rightly and all have warmed up.</summary>
internal static class Asking
{
    private const int FewestTurns = 5;
    private const int MostTurns = 50;
    private const int FewestWarmTurns = 3;

    public static async Task<Dictionary<Peer, Samples>> AskAsync(IReadOnlyList<Peer> peers, Question question, Pace pace, CancellationToken cancellationToken)
    {
        foreach (var peer in peers)
        {
            peer.Read(question, await peer.AskAsync(question, cancellationToken)).MustBe(Answer.Expected(question, peer.LondonDays, peer.Percentile), peer.Name);
        }

        var times = peers.ToDictionary(peer => peer, _ => new Samples());
        await TurnsAsync(FewestWarmTurns, int.MaxValue, pace.WarmUp, peer => peer.AskAsync(question, cancellationToken));
        await TurnsAsync(FewestTurns, MostTurns, pace.Question, peer => times[peer].MeasureAsync(() => peer.AskAsync(question, cancellationToken)));
        return times;

        async Task TurnsAsync(int fewest, int most, TimeSpan longest, Func<Peer, Task> ask)
        {
            var start = Stopwatch.GetTimestamp();
            for (var turn = 0; turn < fewest || (turn < most && Stopwatch.GetElapsedTime(start) < longest); turn++)
            {
                foreach (var peer in peers)
                {
                    await ask(peer);
                }
            }
        }
    }
}
