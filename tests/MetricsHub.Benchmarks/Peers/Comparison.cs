using System.Globalization;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>What was measured of each peer.</summary>
/// <param name="Asked">By question.</param>
/// <param name="Together">Questions a second and writes, with all of q1, q2, q4 and q6; then without q6.</param>
internal sealed record Measured(
    IReadOnlyDictionary<Peer, Filled> Filled,
    IReadOnlyDictionary<Peer, long> Disk,
    IReadOnlyList<(Question Question, Dictionary<Peer, Samples> Times)> Asked,
    Dictionary<Peer, Samples> Fresh,
    Dictionary<Peer, Samples> Again,
    IReadOnlyList<(string What, Dictionary<Peer, (double Reads, Samples Commits)> Of)> Together);

/// <summary>Goes through all steps with four peers, and makes a table of them.</summary>
internal sealed class Comparison(Points points, FourPeers peers, Steps steps)
{
    private readonly Pace pace = Pace.Of(points);

    public async Task<PeersTable> RunAsync()
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
        var disk = peers.All.ToDictionary(peer => peer, peer => peer.Disk);
        var questions = Question.All(points);
        var asked = new List<(Question, Dictionary<Peer, Samples>)>();
        foreach (var question in questions)
        {
            asked.Add((question, await steps.RunAsync($"{question.Name}, {question.Words}", token => Asking.AskAsync(peers.All, question, pace, token))));
        }

        var cycles = new Cycles(points, pace);
        var (fresh, again) = await steps.RunAsync("cycles", token => cycles.CommitAsync(peers.All, token));
        Question[] four = [questions[0], questions[1], questions[3], questions[5]];
        var table = new PeersTable([.. peers.All.Select(peer => peer.Name)]);
        var measured = new Measured(
            filled, disk, asked, fresh, again, [("q1, q2, q4, q6", await TogetherAsync(cycles, four)), ("q1, q2, q4", await TogetherAsync(cycles, four[..3]))]);
        AddFigures(table, measured);
        Goals.Add(table, peers, points, measured);
        return table;
    }

    private async Task CompactAsync(CancellationToken cancellationToken)
    {
        await peers.Hub.CompactAsync(cancellationToken);
        await peers.Hub.SettleAsync(cancellationToken);
    }

    private async Task<Dictionary<Peer, (double Reads, Samples Commits)>> TogetherAsync(Cycles cycles, Question[] questions)
    {
        var together = new Dictionary<Peer, (double, Samples)>();
        foreach (var peer in peers.All)
        {
            together[peer] = await steps.RunAsync($"together, {peer.Name}", token => cycles.TogetherAsync(peer, questions, token));
        }

        return together;
    }

    private void AddFigures(PeersTable table, Measured measured)
    {
        Of("ingest, one connection", peer => PeersTable.Text(measured.Filled[peer].OneConnection, "points/s"));
        Of("ingest, two connections", peer => PeersTable.Text(measured.Filled[peer].TwoConnections, "points/s"));
        Of("processor for a point", peer => PeersTable.Text(measured.Filled[peer].Processor, "µs"));
        Of("largest memory while filled", peer => PeersTable.Text(measured.Filled[peer].PeakMemory / 1048576.0, "MiB"));
        Of("all of the fill", peer => PeersTable.Text(measured.Filled[peer].Took.TotalSeconds, "s"));
        Of("disk", peer => PeersTable.Text((double)measured.Disk[peer] / points.Count, "bytes/point"));
        Of("archive of what was sent", peer => peer.Archive is { } archive ? PeersTable.Text((double)archive / points.Count, "bytes/point") : "–");
        foreach (var (question, times) in measured.Asked)
        {
            Of($"{question.Name}: {question.Words}, p50 / p99", peer => $"{times[peer]}{(times[peer].Count < 50 ? string.Create(CultureInfo.InvariantCulture, $" (of {times[peer].Count})") : "")}");
        }

        Of("a cycle of 400 points, p50 / p99", peer => measured.Fresh[peer].ToString());
        Of("the same once more, p50 / p99", peer => measured.Again[peer].ToString());
        foreach (var (what, together) in measured.Together)
        {
            Of($"1 writer, 4 readers ({what}): reads", peer => PeersTable.Text(together[peer].Reads, "/s"));
            Of($"1 writer, 4 readers ({what}): a cycle, p50 / p99", peer => $"{together[peer].Commits} (of {together[peer].Commits.Count.ToString(CultureInfo.InvariantCulture)})");
        }

        void Of(string what, Func<Peer, string> figure) => table.AddFigures(what, peers.All.Select(figure));
    }
}
