using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MetricsHub.IntegrationTests.Influx;

/// <summary>A whole hub on a real InfluxDB that is stopped while it collects, and comes back.</summary>
public sealed class InfluxOutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>What an embedded hub says that nobody disturbed: every one of these tests has to end with the same.</summary>
    private static readonly Lazy<Task<(string[] Statements, string[] Accounts)>> Embedded = new(CollectEmbeddedAsync);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Influx_StoppedDuringCollection_LosesAndDoublesNothing()
    {
        var expected = await Embedded.Value;
        using var data = new TemporaryFolder();
        await using var influx = await StartInfluxAsync();
        await using var hub = await LaunchAsync(data, influx);
        await WaitAsync(hub, async () => (await CollectedHub.StoredPublicationsAsync(hub, Cancellation)).Count >= 5);

        await influx.StopAsync();

        // Everything is collected all the same, and waits.
        await WaitAsync(hub, async () => (await PublicationsAsync(hub)).Count == CollectedHub.Samples && await WaitingAsync(hub) > 0 && await RunsEndedAsync(hub));
        var stored = (await CollectedHub.StoredPublicationsAsync(hub, Cancellation)).Count;
        Assert.Equal(CollectedHub.Samples - stored, await WaitingAsync(hub));
        Assert.InRange(stored, 5, CollectedHub.Samples - 1);
        using (var answer = await hub.Http.GetAsync("/api/v1/observations?limit=10", Cancellation))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        // What was known last is answered, and says how old it is.
        var latest = await JsonAsync(hub, "/api/v1/observations/latest?limit=1000");
        Assert.NotEmpty(latest.GetProperty("items").EnumerateArray());
        Assert.All(latest.GetProperty("items").EnumerateArray(), item => Assert.True(item.GetProperty("ageSeconds").GetInt64() > 0));
        var health = await JsonAsync(hub, "/health/ready");
        Assert.Equal("away", health.GetProperty("checks")[0].GetProperty("status").GetString());

        await influx.StartAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

        Assert.Equal(0, await WaitingAsync(hub));
        Assert.Equal(expected.Statements, await CollectedHub.StatementsAsync(hub, Cancellation));
        Assert.Equal(expected.Accounts, await CollectedHub.AccountsAsync(hub, Cancellation));
    }

    [Fact]
    public async Task Hub_StartedWithoutInflux_CollectsAndStoresWhenItComes()
    {
        var expected = await Embedded.Value;
        using var data = new TemporaryFolder();
        await using var influx = await StartInfluxAsync();
        await influx.StopAsync();
        await using var hub = await LaunchAsync(data, influx);
        await WaitAsync(hub, async () => (await PublicationsAsync(hub)).Count == CollectedHub.Samples);
        Assert.Empty(await CollectedHub.StoredPublicationsAsync(hub, Cancellation));
        using (var ready = await hub.Http.GetAsync("/health/ready", Cancellation))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        await influx.StartAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

        Assert.Equal(expected.Statements, await CollectedHub.StatementsAsync(hub, Cancellation));
        Assert.Equal(expected.Accounts, await CollectedHub.AccountsAsync(hub, Cancellation));
    }

    [Fact]
    public async Task Hub_KilledDuringCollectionOnInflux_LosesAndDoublesNothing()
    {
        var expected = await Embedded.Value;
        var random = new Random(20261122);
        using var data = new TemporaryFolder();
        await using var influx = await StartInfluxAsync();
        var acknowledged = new Dictionary<string, string>();
        for (var round = 0; round < 3; round++)
        {
            await using var victim = await LaunchAsync(data, influx);
            var until = random.Next(1, CollectedHub.Samples);
            await WaitAsync(victim, async () => (acknowledged = await CollectedHub.StoredPublicationsAsync(victim, Cancellation)).Count >= until);
            await victim.KillAsync(Cancellation);
        }

        await using var hub = await LaunchAsync(data, influx);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

        var stored = await CollectedHub.StoredPublicationsAsync(hub, Cancellation);
        Assert.All(acknowledged, publication => Assert.Equal(publication.Value, stored[publication.Key]));
        Assert.Equal(expected.Statements, await CollectedHub.StatementsAsync(hub, Cancellation));
        Assert.Equal(expected.Accounts, await CollectedHub.AccountsAsync(hub, Cancellation));
    }

    [Fact]
    public async Task Hub_LedgerOfAnotherStore_DoesNotStart()
    {
        using var data = new TemporaryFolder();
        await using var influx = await StartInfluxAsync();
        await using (var embedded = HubProcess.Launch(data.Path))
        {
            await embedded.WaitUntilItAnswersAsync(Cancellation);
            await WaitAsync(embedded, async () => (await CollectedHub.StoredPublicationsAsync(embedded, Cancellation)).Count > 3);
            await embedded.KillAsync(Cancellation);
        }

        await using var hub = Launch(data, influx);

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("the store of the observations is empty: they do not belong together", hub.Output, StringComparison.Ordinal);
    }

    private static Task<InfluxProcess> StartInfluxAsync() => InfluxProcess.StartAsync("", CreateDatabaseAsync, Cancellation);

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static HubProcess Launch(TemporaryFolder data, InfluxProcess influx) => HubProcess.Launch(
        data.Path, "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "metricshub");

    private static async Task<HubProcess> LaunchAsync(TemporaryFolder data, InfluxProcess influx)
    {
        var hub = Launch(data, influx);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        return hub;
    }

    private static async Task<(string[] Statements, string[] Accounts)> CollectEmbeddedAsync()
    {
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
        return (await CollectedHub.StatementsAsync(hub, Cancellation), await CollectedHub.AccountsAsync(hub, Cancellation));
    }

    private static async Task<List<JsonElement>> PublicationsAsync(HubProcess hub) =>
        [.. (await JsonAsync(hub, "/api/v1/publications?limit=1000")).GetProperty("items").EnumerateArray()];

    private static async Task<int> WaitingAsync(HubProcess hub) =>
        (await JsonAsync(hub, "/api/v1/sources")).GetProperty("items").EnumerateArray().Sum(source => source.GetProperty("waiting").GetInt32());

    private static async Task<bool> RunsEndedAsync(HubProcess hub) =>
        (await JsonAsync(hub, "/api/v1/sources")).GetProperty("items").EnumerateArray()
            .All(source => source.GetProperty("lastRun") is { ValueKind: JsonValueKind.Object } run && run.GetProperty("finishedAt").ValueKind == JsonValueKind.String);

    private static async Task<JsonElement> JsonAsync(HubProcess hub, string address) => JsonElement.Parse(await hub.Http.GetStringAsync(address, Cancellation));

    private static async Task WaitAsync(HubProcess hub, Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
            catch (OperationCanceledException exception) when (!Cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"What was waited for did not come. The hub said:{Environment.NewLine}{hub.Output}", exception);
            }
        }
    }
}
