using MetricsHub.Benchmarks.Http;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>What was wanted of MetricsHub by itself beside its peers, row by row, with what came of it.</summary>
internal static class Goals
{
    private const string Influx = "InfluxDB";
    private const string Victoria = "VM";

    public static void Add(PeersTable table, FourPeers peers, Points points, Measured measured)
    {
        var (hub, influx, victoria) = (measured.Filled[peers.Hub], measured.Filled[peers.Influx], measured.Filled[peers.Victoria]);
        table.AddGoal(1, "ingest, one connection", Influx, hub.OneConnection, influx.OneConnection, "points/s", 1.5, higherIsBetter: true);
        table.AddGoal(1, "ingest, one connection", Victoria, hub.OneConnection, victoria.OneConnection, "points/s", 0.7, higherIsBetter: true);
        table.AddGoal(1, "ingest, two connections", Influx, hub.TwoConnections, influx.TwoConnections, "points/s", 1.2, higherIsBetter: true);
        table.AddGoal(1, "ingest, two connections", Victoria, hub.TwoConnections, victoria.TwoConnections, "points/s", 0.7, higherIsBetter: true);
        table.AddGoal(2, "processor for a point", Influx, hub.Processor, influx.Processor, "µs", 0.6);
        table.AddGoal(2, "largest memory while filled", Influx, hub.PeakMemory / 1048576.0, influx.PeakMemory / 1048576.0, "MiB", 0.4);

        var (fresh, freshOfInflux) = (measured.Fresh[peers.Hub], measured.Fresh[peers.Influx]);
        table.AddGoal(3, "a cycle of 400 points, p50", Influx, fresh.P50, freshOfInflux.P50, "ms", 1.5);
        table.AddGoal(3, "a cycle of 400 points, p99", Influx, fresh.P99, freshOfInflux.P99, "ms", 2);
        table.AddAbsolute(3, "a cycle of 400 points, p50", fresh.P50, "ms", 5);

        Asked(4, "q1", 0.1, 0.25);
        Asked(5, "q5", 0.02, 0.2, "; as asked of memory");
        Asked(5, "q5", 0.1, 1, "; as asked of the file");
        Asked(6, "q4", 0.2, 1.5);
        Asked(6, "q3", 0.5, 2.5);
        Asked(6, "q2", 2, 4);
        Asked(6, "q6", 0.1, 1.2);

        foreach (var (what, together) in measured.Together)
        {
            table.AddGoal(7, $"1 writer, 4 readers ({what}), reads", Influx, together[peers.Hub].Reads, together[peers.Influx].Reads, "/s", 5, higherIsBetter: true);
            table.AddGoal(7, $"1 writer, 4 readers ({what}), reads", Victoria, together[peers.Hub].Reads, together[peers.Victoria].Reads, "/s", 0.8, higherIsBetter: true);
            table.AddGoal(7, $"1 writer, 4 readers ({what}), cycle p99", Influx, together[peers.Hub].Commits.P99, together[peers.Influx].Commits.P99, "ms", 0.6);
        }

        table.AddElsewhere(8, "killed 20 times, nothing acknowledged lost", "`make kill`");
        var (size, archive, sizeOfInflux) = (
            (double)measured.Disk[peers.Hub] / points.Count, (double)measured.Archive / points.Count, (double)measured.Disk[peers.Influx] / points.Count);
        table.AddAbsolute(9, "disk, live", size, "bytes/point", 6);
        table.AddGoal(9, "disk, live", Influx, size, sizeOfInflux, "bytes/point", 2);
        table.AddAbsolute(9, "disk, archive (what was sent, as it was sent)", archive, "bytes/point", 1.5);
        table.AddGoal(9, "disk, archive (what was sent, as it was sent)", Influx, archive, sizeOfInflux, "bytes/point", 0.5);

        void Asked(int row, string name, double ofInflux, double ofVictoria, string how = "")
        {
            var (question, times) = measured.Asked.Single(entry => entry.Question.Name == name);
            table.AddGoal(row, $"{name}: {question.Words}{how}, p50", Influx, times[peers.Hub].P50, times[peers.Influx].P50, "ms", ofInflux);
            table.AddGoal(row, $"{name}: {question.Words}{how}, p50", Victoria, times[peers.Hub].P50, times[peers.Victoria].P50, "ms", ofVictoria);
        }
    }

    /// <summary>The peer here is Kestrel that writes the same bytes.</summary>
    public static void AddCached(PeersTable table, HttpRates rates)
    {
        table.AddGoal(10, $"cached answer of {rates.Bytes} bytes", "Kestrel", rates.Hub, rates.Bare, "requests/s", 0.85, higherIsBetter: true);
        table.AddGoal(10, "the same, not modified since", "Kestrel", rates.NotModified, rates.Bare, "requests/s", 1.2, higherIsBetter: true);
        table.AddElsewhere(10, "the same, compressed beforehand", "not offered");
    }
}
