using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Influx;
using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.IntegrationTests.Influx;

/// <summary>
/// The InfluxDB that the tests of the store run against, each in a database of its own: a real influxd 1.6.7, or the server that
/// METRICSHUB_TEST_INFLUX_URL names, with METRICSHUB_TEST_INFLUX_TOKEN as a token that may create databases or buckets there.
/// </summary>
public sealed class InfluxFixture : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private readonly string? token = Environment.GetEnvironmentVariable("METRICSHUB_TEST_INFLUX_TOKEN");
    private readonly ConcurrentDictionary<string, DuckDbFile> ledgers = new();
    private readonly TemporaryFolder folder = new();
    private InfluxProcess? process;
    private Uri address = new("http://127.0.0.1");
    private bool hasBuckets;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("METRICSHUB_TEST_INFLUX_URL") is { Length: > 0 } url)
        {
            address = new Uri(url);
        }
        else
        {
            process = await InfluxProcess.StartAsync("", _ => Task.CompletedTask, CancellationToken.None);
            address = process.Address;
        }

        http.BaseAddress = address;
        http.DefaultRequestHeaders.Authorization = Authorization;
        using var answer = await http.GetAsync("/ping");
        hasBuckets = !answer.Headers.GetValues("X-Influxdb-Version").First().TrimStart('v').StartsWith("1.", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var ledger in ledgers.Values)
        {
            ledger.Dispose();
        }

        folder.Dispose();
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>A new database, or bucket, and the way to it.</summary>
    internal InfluxAccess NewDatabase()
    {
        var name = "metricshub-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

        // The contract opens stores without waiting for them.
        Task.Run(() => hasBuckets ? CreateBucketAsync(name) : QueryAsync($"CREATE DATABASE \"{name}\"")).GetAwaiter().GetResult();
        return new InfluxAccess(address, name, Authorization, TimeSpan.FromSeconds(30));
    }

    /// <summary>A client that asks no other than this database.</summary>
    internal static InfluxClient Client(InfluxAccess access, HttpMessageHandler? handler = null) => new(
        new HttpClient(handler ?? new SocketsHttpHandler()) { Timeout = Timeout.InfiniteTimeSpan },
        access,
        new InfluxAvailability("InfluxDB", TimeProvider.System, NullLogger<InfluxAvailability>.Instance),
        TimeProvider.System);

    /// <summary>A store on a database, by a clock of the test's own for what it records; the order of the releases is in a DuckDB ledger.</summary>
    internal InfluxObservationStore Store(InfluxAccess access, TimeProvider time, HttpMessageHandler? handler = null) =>
        Store(Client(access, handler), OrderOf(access), new NoOtherProcess(), time);

    /// <summary>A store by a client, a ledger and locks of the test's own.</summary>
    internal static InfluxObservationStore Store(InfluxClient client, IReleaseClock order, IProcessLocks locks, TimeProvider time) => new(
        client, new InfluxServer(client, TimeProvider.System, NullLogger<InfluxServer>.Instance), order, locks, time, NullLogger<ReleaseFinisher>.Instance);

    /// <summary>What a database's ledger knows of its releases.</summary>
    internal IReleaseClock OrderOf(InfluxAccess access) => new SqlReleaseClock(new DuckDbLedgerDatabase(ledgers.GetOrAdd(
        access.Database,
        name => DuckDbFile.Open(new DuckDbSettings(Path.Combine(folder.Path, $"{name}.duckdb"), "100MB"), TimeProvider.System, NullLogger<DuckDbFile>.Instance))));

    internal async Task QueryAsync(string query)
    {
        using var answer = await http.PostAsync("/query", new FormUrlEncodedContent(new Dictionary<string, string> { ["q"] = query }));
        answer.EnsureSuccessStatusCode();
    }

    private AuthenticationHeaderValue? Authorization => token is { Length: > 0 } ? new AuthenticationHeaderValue("Token", token) : null;

    private async Task CreateBucketAsync(string name)
    {
        var organisations = await http.GetFromJsonAsync<JsonElement>("/api/v2/orgs");
        var bucket = new { orgID = organisations.GetProperty("orgs")[0].GetProperty("id").GetString(), name, retentionRules = Array.Empty<object>() };
        using var answer = await http.PostAsJsonAsync("/api/v2/buckets", bucket);
        answer.EnsureSuccessStatusCode();
    }
}
