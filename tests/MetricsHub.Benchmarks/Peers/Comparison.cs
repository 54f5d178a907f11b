using System.Globalization;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>What was measured of each peer.</summary>
/// <param name="Disk">After the fill, in bytes.</param>
/// <param name="Archive">What the hub keeps of what was sent, after the fill, in bytes.</param>
/// <param name="Asked">By question.</param>
/// <param name="Together">Questions a second and writes, with all of q1, q2, q4 and q6; then without q6.</param>
internal sealed record Measured(
    IReadOnlyDictionary<Peer, Filled> Filled,
    IReadOnlyDictionary<Peer, long> Disk,
    long Archive,
    IReadOnlyList<(Question Question, Dictionary<Peer, Samples> Times)> Asked,
    Dictionary<Peer, Samples> Fresh,
    Dictionary<Peer, Samples> Again,
    IReadOnlyList<(string What, Dictionary<Peer, (double Reads, Samples Commits)> Of)> Together);

/// <summary>Goes through all steps with four peers; what was measured stands in the table at once, so that a step that fails loses nothing.</summary>
internal sealed class Comparison(Points points, FourPeers peers, Steps steps)
{
    private readonly Pace pace = Pace.Of(points);
    private readonly PeersTable table = new([.. peers.All.Select(peer => peer.Name)]);

    public PeersTable Table => table;

    public async Task RunAsync()
    {
        var filled = await FillAsync();
        var (disk, archive) = (peers.All.ToDictionary(peer => peer, peer => peer.Disk), peers.Hub.Archive!.Value);
        Add("disk", peer => PeersTable.Text((double)disk[peer] / points.Count, "bytes/point"));
        Add("archive of what was sent", peer => peer.Archive is { } kept ? PeersTable.Text((double)kept / points.Count, "bytes/point") : "–");

        var questions = Question.All(points);
        var asked = await AskAsync(questions);
        var cycles = new Cycles(points, pace);
        var (fresh, again) = await steps.RunAsync("cycles", token => cycles.CommitAsync(peers.All, token));
        Add("a cycle of 400 points, p50 / p99", peer => Times(fresh[peer]));
        Add("the same once more, p50 / p99", peer => Times(again[peer]));

        Question[] four = [questions[0], questions[1], questions[3], questions[5]];
        Goals.Add(table, peers, points, new Measured(
            filled, disk, archive, asked, fresh, again, [await TogetherAsync("q1, q2, q4, q6", cycles, four), await TogetherAsync("q1, q2, q4", cycles, four[..3])]));
    }

    private async Task<Dictionary<Peer, Filled>> FillAsync()
    {
        foreach (var peer in peers.All)
        {
            await steps.RunAsync($"settle {peer.Name}", peer.SettleAsync);
        }

        var filled = new Dictionary<Peer, Filled>();
        foreach (var peer in peers.All)
        {
            filled[peer] = await steps.RunAsync($"fill {peer.Name}", token => Filling.FillAsync(peer, points, token));
        }

        await steps.RunAsync("compact MetricsHub", CompactAsync);
        Add("ingest, one connection", peer => PeersTable.Text(filled[peer].OneConnection, "points/s"));
        Add("ingest, two connections", peer => PeersTable.Text(filled[peer].TwoConnections, "points/s"));
        Add("processor for a point", peer => PeersTable.Text(filled[peer].Processor, "µs"));
        Add("largest memory while filled", peer => PeersTable.Text(filled[peer].PeakMemory / 1048576.0, "MiB"));
        Add("all of the fill", peer => PeersTable.Text(filled[peer].Took.TotalSeconds, "s"));
        return filled;
    }

    private async Task CompactAsync(CancellationToken cancellationToken)
    {
        await peers.Hub.CompactAsync(cancellationToken);
        await peers.Hub.SettleAsync(cancellationToken);
    }

    private async Task<List<(Question Question, Dictionary<Peer, Samples> Times)>> AskAsync(Question[] questions)
    {
        var asked = new List<(Question, Dictionary<Peer, Samples>)>();
        foreach (var question in questions)
        {
            var times = await steps.RunAsync($"{question.Name}, {question.Words}", token => Asking.AskAsync(peers.All, question, pace, token));
            Add($"{question.Name}: {question.Words}, p50 / p99", peer => Times(times[peer]));
            asked.Add((question, times));
        }

        return asked;
    }

    private async Task<(string What, Dictionary<Peer, (double Reads, Samples Commits)> Of)> TogetherAsync(string what, Cycles cycles, Question[] questions)
    {
        var together = new Dictionary<Peer, (double Reads, Samples Commits)>();
        foreach (var peer in peers.All)
        {
            together[peer] = await steps.RunAsync($"together ({what}), {peer.Name}", token => cycles.TogetherAsync(peer, questions, token));
        }

        Add($"1 writer, 4 readers ({what}): reads", peer => PeersTable.Text(together[peer].Reads, "/s"));
        Add($"1 writer, 4 readers ({what}): a cycle, p50 / p99", peer => Times(together[peer].Commits));
        return (what, together);
    }

    private void Add(string what, Func<Peer, string> figure) => table.AddFigures(what, peers.All.Select(figure));

    private static string Times(Samples times) => string.Create(CultureInfo.InvariantCulture, $"{times} (of {times.Count})");
}
