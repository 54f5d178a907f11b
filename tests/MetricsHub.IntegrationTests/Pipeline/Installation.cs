using System.Text;
using MetricsHub.Storage.Postgres;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>A hub of one process or of several: what collects and evaluates, and what is asked.</summary>
internal abstract class Installation(PlayedFeeds feeds) : IAsyncDisposable
{
    private readonly List<HubProcess> processes = [];

    public TemporaryFolder Data { get; } = new();

    /// <summary>Those that answer the API, each with its name.</summary>
    public abstract IReadOnlyList<(string Name, HubProcess Hub)> Doors { get; }

    /// <summary>Starts every process, and returns when all answer.</summary>
    public abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Everything that its processes have said.</summary>
    public string Said() => string.Join(Environment.NewLine, processes.Select(process => process.Output));

    /// <summary>Kills every process, and starts them again with what is kept.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        await StartAsync(cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await EndAsync();
        Data.Dispose();
    }

    protected async Task<HubProcess> StartAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var hub = HubProcess.Launch(Data.Path, ["--Simulator:Address", feeds.Address, .. arguments]);
        processes.Add(hub);
        await hub.WaitUntilItAnswersAsync(cancellationToken);
        return hub;
    }

    private async Task EndAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        processes.Clear();
    }
}

/// <summary>One process, with everything in its data folder.</summary>
internal sealed class EmbeddedInstallation(PlayedFeeds feeds) : Installation(feeds)
{
    private HubProcess? hub;

    public override IReadOnlyList<(string Name, HubProcess Hub)> Doors => [("embedded", hub!)];

    public override async Task StartAsync(CancellationToken cancellationToken) => hub = await StartAsync([], cancellationToken);
}

/// <summary>Two workers and two API processes, with observations in InfluxDB and everything else in PostgreSQL. Of the data folder they share the inboxes.</summary>
internal sealed class ProductionInstallation(PlayedFeeds feeds, PostgresSettings postgres, InfluxProcess influx) : Installation(feeds)
{
    private readonly List<HubProcess> doors = [];

    public override IReadOnlyList<(string Name, HubProcess Hub)> Doors => [.. doors.Select((hub, number) => ($"api {number + 1}", hub))];

    public static async Task<ProductionInstallation> CreateAsync(PlayedFeeds feeds, PostgresSettings postgres, CancellationToken cancellationToken) =>
        new(feeds, postgres, await InfluxProcess.StartAsync("", CreateDatabaseAsync, cancellationToken));

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        doors.Clear();
        foreach (var role in (string[])["worker", "worker", "api", "api"])
        {
            var hub = await StartAsync(
                [
                    "--Roles", role,
                    "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", postgres.ConnectionString, "--Postgres:Schema", postgres.Schema,
                    "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "metricshub",
                ],
                cancellationToken);
            if (role == "api")
            {
                doors.Add(hub);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await influx.DisposeAsync();
    }

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"));
        answer.EnsureSuccessStatusCode();
    }
}
