using System.Text;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage.Postgres;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>Where the hubs of a test keep what they know, one after the other.</summary>
internal sealed class Stores : IAsyncDisposable
{
    /// <summary>Everything in the data folder.</summary>
    public const string Embedded = "embedded";

    /// <summary>The observations in InfluxDB, everything else in PostgreSQL.</summary>
    public const string Production = "production";

    private readonly TemporaryFolder data = new();
    private readonly PostgresSettings? postgres;

    private Stores(InfluxProcess? influx, PostgresSettings? postgres)
    {
        Influx = influx;
        this.postgres = postgres;
    }

    /// <summary>The one of production.</summary>
    public InfluxProcess? Influx { get; }

    public string DataFolder => data.Path;

    /// <param name="kind"><see cref="Embedded"/> or <see cref="Production"/>; empty at first.</param>
    public static async Task<Stores> CreateAsync(string kind, PostgresFixture postgres, CancellationToken cancellationToken) => kind == Embedded
        ? new Stores(null, null)
        : new Stores(await InfluxProcess.StartAsync("", influx => CreateDatabaseAsync(influx, cancellationToken), cancellationToken), await postgres.NewSchemaAsync());

    public HubProcess Launch(params string[] arguments) => HubProcess.Launch(data.Path, [.. Settings, .. arguments]);

    /// <summary>A hub that answers.</summary>
    public async Task<HubProcess> LaunchAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var hub = Launch(arguments);
        await hub.WaitUntilItAnswersAsync(cancellationToken);
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        data.Dispose();
        if (Influx is not null)
        {
            await Influx.DisposeAsync();
        }
    }

    private string[] Settings => postgres is null
        ? []
        :
        [
            "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", postgres.ConnectionString, "--Postgres:Schema", postgres.Schema,
            "--Storage:Observations", "influx", "--Influx:Address", Influx!.Address.ToString(), "--Influx:Database", "metricshub",
        ];

    private static async Task CreateDatabaseAsync(InfluxProcess influx, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
