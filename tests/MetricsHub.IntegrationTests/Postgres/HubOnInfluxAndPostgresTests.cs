using System.Text;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>A whole hub with nothing of its own but its process: observations in InfluxDB, everything else in PostgreSQL.</summary>
public sealed class HubOnInfluxAndPostgresTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>It is killed, and its successor starts on another machine: with an empty data folder.</summary>
    [Fact]
    public async Task Hub_KilledAndStartedElsewhere_ComesToTheSameAsTheEmbeddedOne()
    {
        var settings = await postgres.NewSchemaAsync();
        await using var influx = await InfluxProcess.StartAsync("", CreateDatabaseAsync, Cancellation);
        using var here = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        using var embedded = new TemporaryFolder();
        await using (var victim = Launch(here))
        {
            await victim.WaitUntilItAnswersAsync(Cancellation);
            while ((await CollectedHub.StoredPublicationsAsync(victim, Cancellation)).Count < 7)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancellation);
            }

            await victim.KillAsync(Cancellation);
        }

        await using var hub = Launch(elsewhere);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
        await using var expected = HubProcess.Launch(embedded.Path);
        await expected.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(expected, Cancellation);

        Assert.Equal(await CollectedHub.StatementsAsync(expected, Cancellation), await CollectedHub.StatementsAsync(hub, Cancellation));
        Assert.Equal(await CollectedHub.AccountsAsync(expected, Cancellation), await CollectedHub.AccountsAsync(hub, Cancellation));

        HubProcess Launch(TemporaryFolder data) => HubProcess.Launch(
            data.Path,
            "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema,
            "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "metricshub");
    }

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), Cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
