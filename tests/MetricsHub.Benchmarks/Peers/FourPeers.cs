namespace MetricsHub.Benchmarks.Peers;

/// <summary>The four that are compared, all running, each with its files in a folder of its own.</summary>
internal sealed class FourPeers : IAsyncDisposable
{
    private readonly List<Peer> started = [];

    public HubPeer Hub => (HubPeer)started[0];

    public HubPeer HubOnInflux => (HubPeer)started[1];

    public InfluxPeer Influx => (InfluxPeer)started[2];

    public VictoriaPeer Victoria => (VictoriaPeer)started[3];

    public IReadOnlyList<Peer> All => started;

    public static async Task<FourPeers> StartAsync(Points points, string folder, CancellationToken cancellationToken)
    {
        var peers = new FourPeers();
        try
        {
            peers.started.Add(await HubPeer.StartAsync("MetricsHub", points, FolderOf("hub"), influx: null, cancellationToken));
            peers.started.Add(await StartOnInfluxAsync(points, FolderOf("hub-on-influx"), FolderOf("influx-of-hub"), cancellationToken));
            peers.started.Add(new InfluxPeer(await InfluxPeer.StartServerAsync(FolderOf("influx"), shards: null, cancellationToken)));
            peers.started.Add(await VictoriaPeer.StartAsync(FolderOf("victoria"), cancellationToken));
            return peers;
        }
        catch
        {
            await peers.DisposeAsync();
            throw;
        }

        string FolderOf(string name) => Path.Combine(folder, name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in started)
        {
            await peer.DisposeAsync();
        }
    }

    /// <summary>With shards as long as the hub's documentation has them.</summary>
    private static async Task<HubPeer> StartOnInfluxAsync(Points points, string folder, string influxFolder, CancellationToken cancellationToken)
    {
        var influx = await InfluxPeer.StartServerAsync(influxFolder, shards: "30d", cancellationToken);
        try
        {
            return await HubPeer.StartAsync("MetricsHub on InfluxDB", points, folder, influx, cancellationToken);
        }
        catch
        {
            await influx.DisposeAsync();
            throw;
        }
    }
}
