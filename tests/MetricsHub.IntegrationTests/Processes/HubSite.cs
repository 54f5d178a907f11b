using System.Text;
using MetricsHub.Storage.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>An InfluxDB and a PostgreSQL with nothing in them, and the processes of a hub that work on them.</summary>
internal sealed class HubSite : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private readonly List<HubProcess> hubs = [];

    private HubSite(InfluxProcess influx, PostgresSettings settings) => (Influx, Settings) = (influx, settings);

    public InfluxProcess Influx { get; }

    public PostgresSettings Settings { get; }

    /// <summary>Of all of them: there is nothing in it but what is read.</summary>
    public TemporaryFolder Data { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HubSite> StartAsync(PostgresSettings settings) => new(await InfluxProcess.StartAsync("", CreateDatabaseAsync, Cancellation), settings);

    /// <summary>A process of the hub, by what it does: <c>api</c>, <c>worker</c> or both.</summary>
    public HubProcess Launch(string roles, params string[] arguments)
    {
        var hub = HubProcess.Launch(
            Data.Path,
            [
                "--Roles", roles, "--Storage:Observations", "influx", "--Influx:Address", Influx.Address.ToString(), "--Influx:Database", "metricshub",
                "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", Settings.ConnectionString, "--Postgres:Schema", Settings.Schema, .. arguments,
            ]);
        hubs.Add(hub);
        return hub;
    }

    public async Task<HubProcess> StartAsync(string roles, params string[] arguments)
    {
        var hub = Launch(roles, arguments);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        return hub;
    }

    /// <summary>Waits, and says what every process said where that was in vain.</summary>
    public async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            }
            catch (OperationCanceledException exception) when (!Cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"What was waited for did not come. {string.Join(Environment.NewLine, hubs.Select(hub => $"One process said:{Environment.NewLine}{hub.Output}"))}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in hubs)
        {
            await hub.DisposeAsync();
        }

        await Influx.DisposeAsync();
        Data.Dispose();
    }

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), Cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
