using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Moving;
using MetricsHub.Storage.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Moving;

/// <summary>Backups of hubs that are at work, and hubs that start on them.</summary>
public sealed class BackupTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryFolder data = new();
    private readonly TemporaryFolder shelf = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        data.Dispose();
        shelf.Dispose();
    }

    /// <summary>Backups one after the other while everything is collected for the first time; then the machine is lost.</summary>
    [Fact]
    public async Task Restore_AfterTheDataWereLostAmidCollection_GivesBackWhatWasAcknowledged()
    {
        Dictionary<string, string> acknowledged;
        await using (var hub = HubProcess.Launch(data.Path, "--Backup:Folder", shelf.Path))
        {
            await hub.WaitUntilItAnswersAsync(Cancellation);
            do
            {
                acknowledged = await CollectedHub.StoredPublicationsAsync(hub, Cancellation);
                await MakeAsync(hub);
            }
            while (acknowledged.Count < CollectedHub.Samples / 2);
            await hub.KillAsync(Cancellation);
        }

        Wipe();
        await RestoreAsync();
        await using var again = HubProcess.Launch(data.Path);
        await again.WaitUntilItAnswersAsync(Cancellation);
        var stored = await CollectedHub.StoredPublicationsAsync(again, Cancellation);
        Assert.All(acknowledged, publication => Assert.Equal(publication.Value, stored[publication.Key]));

        await CollectedHub.WaitUntilCollectedAsync(again, Cancellation);
        await using var undisturbed = await CollectAllAsync();
        Assert.Equal(await CollectedHub.StatementsAsync(undisturbed.Hub, Cancellation), await CollectedHub.StatementsAsync(again, Cancellation));
        Assert.Equal(await CollectedHub.AccountsAsync(undisturbed.Hub, Cancellation), await CollectedHub.AccountsAsync(again, Cancellation));
    }

    [Fact]
    public async Task Restore_OfAHubThatHadCollectedEverything_HoldsTheSameByHash()
    {
        await using (var hub = HubProcess.Launch(data.Path, "--Backup:Folder", shelf.Path))
        {
            await hub.WaitUntilItAnswersAsync(Cancellation);
            await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
            await WaitUntilEvaluatedAsync(hub);
            await MakeAsync(hub);

            // Whoever watches the hub sees how old its newest backup is.
            Assert.Matches(@"(?m)^metricshub_backup_age_seconds(\{.*\})? [0-9.]+", await hub.Http.GetStringAsync("metrics", Cancellation));
            await hub.KillAsync(Cancellation);
        }

        using var restored = new TemporaryFolder();
        var said = await RestoreAsync(restored.Path);
        TestContext.Current.TestOutputHelper?.WriteLine(said);

        await using var before = await OpenAsync(data.Path);
        await using var after = await OpenAsync(restored.Path);
        var parts = await Likeness.OfAll(before, after).ToListAsync(Cancellation);

        // What was done after the backup was asked for: that it was made, and what ended every minute meanwhile.
        string[] since = ["ledger: action_seal", "ledger: actions", "ledger: evaluation", "ledger: evaluation_turn", "ledger: ledger_version", "ledger: reading", "ledger: reading_superseded", "ledger: run", "ledger: sequences"];
        Assert.Empty(parts.Where(part => part.FirstDifference is not null).Select(part => part.Part).Except(since));
        Assert.Equal(0, parts.Single(part => part.Part == "observations").FirstDifference?.Length ?? 0);
        Assert.True(parts.Single(part => part.Part == "observations").Entries > 50_000);
    }

    [Fact]
    public async Task Backup_OfServersAtWork_IsADataFolderThatAHubStartsOn()
    {
        await using var influx = await InfluxProcess.StartAsync("", CreateDatabaseAsync, Cancellation);
        var settings = await postgres.NewSchemaAsync();
        Dictionary<string, string> acknowledged;
        await using (var hub = HubProcess.Launch(data.Path, [.. OnServers(influx, settings), "--Backup:Folder", shelf.Path]))
        {
            await hub.WaitUntilItAnswersAsync(Cancellation);
            do
            {
                acknowledged = await CollectedHub.StoredPublicationsAsync(hub, Cancellation);
            }
            while (acknowledged.Count < 10);
            await MakeAsync(hub);
            await hub.KillAsync(Cancellation);
        }

        Wipe();
        await RestoreAsync();
        await using var embedded = HubProcess.Launch(data.Path);
        await embedded.WaitUntilItAnswersAsync(Cancellation);
        var stored = await CollectedHub.StoredPublicationsAsync(embedded, Cancellation);
        Assert.All(acknowledged, publication => Assert.Equal(publication.Value, stored[publication.Key]));
        await CollectedHub.WaitUntilCollectedAsync(embedded, Cancellation);
        await using var undisturbed = await CollectAllAsync();
        Assert.Equal(await CollectedHub.StatementsAsync(undisturbed.Hub, Cancellation), await CollectedHub.StatementsAsync(embedded, Cancellation));
    }

    private static async Task MakeAsync(HubProcess hub)
    {
        using var patient = new HttpClient { BaseAddress = hub.Http.BaseAddress, Timeout = TimeSpan.FromMinutes(5) };
        using var made = await patient.PostAsync(new Uri("/api/v1/backups", UriKind.Relative), content: null, Cancellation);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(Cancellation));
        var name = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("name").GetString();
        var listed = await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/backups", Cancellation);
        Assert.Equal(name, listed.GetProperty("items")[0].GetProperty("name").GetString());
    }

    private static async Task WaitUntilEvaluatedAsync(HubProcess hub)
    {
        JsonElement evaluation;
        do
        {
            evaluation = await hub.Http.GetFromJsonAsync<JsonElement>("/api/v1/evaluation", Cancellation);
        }
        while (evaluation.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("state").GetString() != "up-to-date"));
    }

    private void Wipe()
    {
        Directory.Delete(data.Path, recursive: true);
        Directory.CreateDirectory(data.Path);
    }

    private Task<string> RestoreAsync() => RestoreAsync(data.Path);

    private async Task<string> RestoreAsync(string to)
    {
        using var said = new StringWriter();
        Assert.Equal(0, await RestoreCommand.RunAsync(["--from", BackupShelf.List(shelf.Path)[0].Folder, "--Storage:DataFolder", to], said));
        return said.ToString();
    }

    private static Task<Installation> OpenAsync(string folder) => Installation.OpenAsync(CommandSettings.Read(["--Storage:DataFolder", folder]), Cancellation);

    private static async Task<UndisturbedHub> CollectAllAsync()
    {
        var folder = new TemporaryFolder();
        var hub = HubProcess.Launch(folder.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
        return new UndisturbedHub(hub, folder);
    }

    private static string[] OnServers(InfluxProcess influx, PostgresSettings settings) =>
    [
        "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema,
        "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "metricshub",
    ];

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private sealed record UndisturbedHub(HubProcess Hub, TemporaryFolder Folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Hub.DisposeAsync();
            Folder.Dispose();
        }
    }
}
