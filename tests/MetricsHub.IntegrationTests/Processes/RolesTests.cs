using System.Net;
using System.Text.Json;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>Processes that answer and processes that work, on one InfluxDB and one PostgreSQL.</summary>
public sealed class RolesTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hub_TwoThatAnswerAndTwoThatWork_SayWhatTheEmbeddedOneSays()
    {
        await using var site = await HubSite.StartAsync(await postgres.NewSchemaAsync());
        var (first, second, one) = (site.Launch("worker"), site.Launch("worker"), site.Launch("api"));
        foreach (var hub in new[] { first, second, one })
        {
            await hub.WaitUntilItAnswersAsync(Cancellation);
        }

        await site.WaitAsync(async () => (await CollectedHub.StoredPublicationsAsync(one, Cancellation)).Count == CollectedHub.Samples);
        var other = await site.StartAsync("api");
        using var data = new TemporaryFolder();
        await using var embedded = HubProcess.Launch(data.Path);
        await embedded.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(embedded, Cancellation);
        var expected = await CollectedHub.StatementsAsync(embedded, Cancellation);

        foreach (var hub in new[] { one, other })
        {
            await site.WaitAsync(async () => (await CollectedHub.StatementsAsync(hub, Cancellation)).Length == expected.Length);
            Assert.Equal(expected, await CollectedHub.StatementsAsync(hub, Cancellation));
            Assert.Equal(await CollectedHub.AccountsAsync(embedded, Cancellation), await CollectedHub.AccountsAsync(hub, Cancellation));
        }

        // Two workers have evaluated it, and each of those who answer works out what they have not.
        await site.WaitAsync(async () => await IsEvaluatedAsync(one));
        await site.WaitAsync(async () => await IsEvaluatedAsync(embedded));
        Assert.Equal(await LevelAsync(embedded), await LevelAsync(one));
        Assert.Equal(await LevelAsync(one), await LevelAsync(other));

        // Who works says that it lives, and nothing else.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second, "/health/ready"));
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [await StatusAsync(first, "/api/v1/sources"), await StatusAsync(second, "/jobs")]);
    }

    [Fact]
    public async Task Hub_AnswersOnly_HasAReplayDoneByAWorker()
    {
        await using var site = await HubSite.StartAsync(await postgres.NewSchemaAsync());
        var (worker, hub) = (site.Launch("worker"), site.Launch("api"));
        await worker.WaitUntilItAnswersAsync(Cancellation);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await site.WaitAsync(async () => (await CollectedHub.StoredPublicationsAsync(hub, Cancellation)).Count > 0);
        var publication = (await CollectedHub.StoredPublicationsAsync(hub, Cancellation)).Keys.First();

        using var answer = await hub.Http.PostAsync($"/api/v1/publications/{publication}/replay", null, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await site.WaitAsync(async () => (await JsonAsync(hub, $"/api/v1/publications/{publication}")).GetRawText().Contains("\"replay\":1", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, "/jobs"));
    }

    [Theory]
    [InlineData("api", "needs Storage:Observations=influx and Storage:Ledger=postgres")]
    [InlineData("worker", "needs Storage:Observations=influx and Storage:Ledger=postgres")]
    [InlineData("api,cook", "Roles must be api, worker or api,worker; it is 'api,cook'.")]
    public async Task Hub_RolesThatCannotBe_DoesNotStartAndSaysWhy(string roles, string reason)
    {
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(data.Path, "--Roles", roles);

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains(reason, hub.Output, StringComparison.Ordinal);
    }

    private static Task<string> LevelAsync(HubProcess hub) => hub.Http.GetStringAsync(
        "/api/v1/organisations/QUY/escalation/history.csv?framework=access-published-monthly&from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", Cancellation);

    private static async Task<bool> IsEvaluatedAsync(HubProcess hub) =>
        (await JsonAsync(hub, "/api/v1/evaluation")).GetProperty("items").EnumerateArray().All(item => item.GetRawText().Contains("\"dueSeries\":0", StringComparison.Ordinal));

    private static async Task<HttpStatusCode> StatusAsync(HubProcess hub, string address)
    {
        using var answer = await hub.Http.GetAsync(address, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(HubProcess hub, string address) => JsonElement.Parse(await hub.Http.GetStringAsync(address, Cancellation));
}
