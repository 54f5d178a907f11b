using System.Net;
using MetricsHub.Storage;
using MetricsHub.Storage.Postgres;
using Npgsql;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>A whole hub with ledger, archive and job queue on a real PostgreSQL.</summary>
public sealed class HubOnPostgresTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Killed at any moment, it comes to the same as the embedded hub that nobody disturbed.</summary>
    [Fact]
    public async Task Hub_KilledDuringCollection_LosesAndDoublesNothing()
    {
        var expected = await CollectEmbeddedAsync();
        var settings = await postgres.NewSchemaAsync();
        var random = new Random(20261122);
        using var data = new TemporaryFolder();
        var acknowledged = new Dictionary<string, string>();
        for (var round = 0; round < 3; round++)
        {
            await using var victim = Launch(data, settings);
            await victim.WaitUntilItAnswersAsync(Cancellation);
            var until = random.Next(1, CollectedHub.Samples);
            await WaitAsync(victim, async () => (acknowledged = await CollectedHub.StoredPublicationsAsync(victim, Cancellation)).Count >= until);
            await victim.KillAsync(Cancellation);
        }

        await using var hub = Launch(data, settings);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

        var stored = await CollectedHub.StoredPublicationsAsync(hub, Cancellation);
        Assert.All(acknowledged, publication => Assert.Equal(publication.Value, stored[publication.Key]));
        Assert.Equal(expected.Statements, await CollectedHub.StatementsAsync(hub, Cancellation));
        Assert.Equal(expected.Accounts, await CollectedHub.AccountsAsync(hub, Cancellation));
        Assert.False(Directory.Exists(Path.Combine(data.Path, "archive")));
        using var database = PostgresFixture.Open(settings);
        Assert.Equal(CollectedHub.Samples, await database.RunAsync(connection => connection.QueryFirst("SELECT count(*) FROM archived", row => row.GetInt64(0)), Cancellation));
    }

    [Fact]
    public async Task Hub_PostgresThatIsNotThere_DoesNotStartAndSaysWhy()
    {
        var settings = await postgres.NewSchemaAsync();
        using var data = new TemporaryFolder();
        await using var hub = Launch(data, settings with { ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Port = 1 }.ConnectionString });

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("cannot be used: it does not answer", hub.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", hub.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Hub_SettingThatCannotBe_DoesNotStartAndNamesIt()
    {
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(data.Path, "--Storage:Ledger", "postgres");

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("Postgres:ConnectionString: Give either ConnectionString or ConnectionStringFile.", hub.Output, StringComparison.Ordinal);
    }

    /// <summary>Each would lack what the other collects. And Hangfire's locks are rows, which a process that is killed leaves behind.</summary>
    [Fact]
    public async Task Hub_SecondOnTheSameLedger_DoesNotStart_AndTheFirstsSuccessorDoes()
    {
        var settings = await postgres.NewSchemaAsync();
        using var data = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using (var first = Launch(data, settings))
        {
            await first.WaitUntilItAnswersAsync(Cancellation);
            await using var second = Launch(other, settings);
            Assert.Equal(1, await second.WaitForExitAsync(Cancellation));
            Assert.Contains("one hub per ledger", second.Output, StringComparison.Ordinal);
            await first.KillAsync(Cancellation);
        }

        using (var database = PostgresFixture.Open(settings))
        {
            await database.RunAsync(
                connection => connection.Execute(
                    $"INSERT INTO {settings.JobSchema}.lock (resource, acquired) VALUES ($1, now()) ON CONFLICT (resource) DO UPDATE SET acquired = now()",
                    $"{settings.JobSchema}:lock:recurring-job:collect:nhs-england-kh03-quarterly"),
                Cancellation);
        }

        await using var successor = Launch(data, settings);
        await successor.WaitUntilItAnswersAsync(Cancellation);
    }

    /// <summary>PostgreSQL crashes while the hub collects, and comes back with all that it acknowledged.</summary>
    [Fact]
    public async Task Hub_PostgresThatCrashesDuringCollection_AnswersAgainAndLosesNothing()
    {
        await using var server = await PostgresProcess.StartNewAsync();
        var settings = new PostgresSettings(server.ConnectionString, "hub");
        using var data = new TemporaryFolder();
        Dictionary<string, string> acknowledged = [];
        await using (var hub = Launch(data, settings))
        {
            await hub.WaitUntilItAnswersAsync(Cancellation);
            await WaitAsync(hub, async () => (acknowledged = await CollectedHub.StoredPublicationsAsync(hub, Cancellation)).Count >= 5);
            await server.StopAsync();
            using (var ready = await hub.Http.GetAsync("/health/ready", Cancellation))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            }

            using (var answer = await hub.Http.GetAsync("/api/v1/publications?limit=7", Cancellation))
            {
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
                Assert.NotNull(answer.Headers.RetryAfter);
            }

            await server.StartAsync();
            await WaitAsync(hub, async () =>
            {
                using var ready = await hub.Http.GetAsync("/health/ready", Cancellation);
                return ready.IsSuccessStatusCode;
            });
            await hub.KillAsync(Cancellation);
        }

        await using var successor = Launch(data, settings);
        await successor.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(successor, Cancellation);
        var stored = await CollectedHub.StoredPublicationsAsync(successor, Cancellation);
        Assert.All(acknowledged, publication => Assert.Equal(publication.Value, stored[publication.Key]));
    }

    private static HubProcess Launch(TemporaryFolder data, PostgresSettings settings) => HubProcess.Launch(
        data.Path, "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema);

    private static async Task<(string[] Statements, string[] Accounts)> CollectEmbeddedAsync()
    {
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
        return (await CollectedHub.StatementsAsync(hub, Cancellation), await CollectedHub.AccountsAsync(hub, Cancellation));
    }

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
