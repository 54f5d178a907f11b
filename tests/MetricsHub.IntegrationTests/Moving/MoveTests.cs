using System.Text;
using CsCheck;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.IntegrationTests.Upgrade;
using MetricsHub.Moving;
using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests.Storage;
using Xunit;

namespace MetricsHub.IntegrationTests.Moving;

/// <summary>An installation with revisions, a replay, refusals, readings and a declaration, moved to InfluxDB and PostgreSQL and back.</summary>
public sealed class MoveTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryFolder embedded = new();
    private readonly TemporaryFolder elsewhere = new();
    private readonly TemporaryFolder back = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        embedded.Dispose();
        elsewhere.Dispose();
        back.Dispose();
    }

    [Fact]
    public async Task Move_ToServersAndBack_KeepsEverythingAndEveryAnswer()
    {
        EarlierInstallation.Unpack(embedded.Path);
        Directory.CreateDirectory(Path.Combine(embedded.Path, "catalogue"));
        await File.WriteAllTextAsync(Path.Combine(embedded.Path, "catalogue", "notes.txt"), "ours", Cancellation);
        await using var influx = await StartInfluxAsync();
        var settings = await postgres.NewSchemaAsync();

        var (there, said) = await MoveAsync([.. Embedded(embedded)], [.. OnServers(influx, settings, elsewhere)]);
        Assert.True(there == 0, said);
        await using (var hub = HubProcess.Launch(elsewhere.Path, [.. OnServers(influx, settings, elsewhere)]))
        {
            await hub.WaitUntilItAnswersAsync(Cancellation);
            await EarlierInstallation.Embedded.AssertAnswersAsThenAsync(hub, Cancellation);
            await hub.KillAsync(Cancellation);
        }

        var (here, saidThen) = await MoveAsync([.. OnServers(influx, settings, elsewhere)], [.. Embedded(back)]);
        Assert.True(here == 0, saidThen);
        Assert.Equal("ours", await File.ReadAllTextAsync(Path.Combine(back.Path, "catalogue", "notes.txt"), Cancellation));
        await using var again = HubProcess.Launch(back.Path);
        await again.WaitUntilItAnswersAsync(Cancellation);
        await EarlierInstallation.Embedded.AssertAnswersAsThenAsync(again, Cancellation);
    }

    [Fact]
    public async Task Move_ToWhatIsNotEmpty_IsRefusedByWhatIsThere()
    {
        EarlierInstallation.Unpack(embedded.Path);
        var settings = await postgres.NewSchemaAsync();
        await EarlierInstallation.UnpackAsync(settings, elsewhere.Path, Cancellation);

        var refused = await Assert.ThrowsAsync<StartException>(() => MoveAsync(
            [.. Embedded(embedded)],
            ["--Storage:DataFolder", back.Path, "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema]));

        Assert.Contains("is not empty: there are 10 archived publications", refused.Message, StringComparison.Ordinal);
        Assert.Contains("10 rows of publication", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("observations,", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>More releases than are read at once, with revisions, later readings and withdrawals in any order.</summary>
    [Fact]
    public Task Move_OfAnyReleasesToInflux_AnswersEveryAsOfAlike() =>
        StorageSamples.AnyReleases.Array[20].SampleAsync(releases => MoveToInfluxAsync([.. releases.SelectMany(some => some)]), iter: 1, threads: 1);

    private async Task MoveToInfluxAsync((Release Release, IReadOnlyList<Statement> Statements)[] releases)
    {
        var instants = new HashSet<DateTimeOffset>();
        await using (var from = await OpenAsync([.. Embedded(embedded)]))
        {
            foreach (var (number, (release, statements)) in releases.Index())
            {
                var one = release with { Publication = PublicationId.Of(Encoding.UTF8.GetBytes($"{number % 53}")) };
                instants.Add((await from.Observations.AppendAsync(one, statements, Cancellation)).RecordedAt);
            }
        }

        await using var influx = await StartInfluxAsync();
        string[] target = ["--Storage:DataFolder", elsewhere.Path, "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "metricshub"];
        var (code, said) = await MoveAsync([.. Embedded(embedded)], target);
        Assert.True(code == 0, said);

        await using var before = await OpenAsync([.. Embedded(embedded)]);
        await using var after = await OpenAsync(target);
        foreach (var asOf in instants)
        {
            var query = new StatementQuery(SeriesSelection.All, AsOf: asOf);
            Assert.Equal(await before.Observations.ReadAsync(query, Cancellation), await after.Observations.ReadAsync(query, Cancellation));
        }
    }

    /// <summary>A table that a later migration makes must not be left behind by whoever copies a ledger.</summary>
    [Fact]
    public async Task Tables_OfASchema_AreTheLedgersOrTheArchives()
    {
        var settings = await postgres.NewSchemaAsync();
        using var database = PostgresFixture.Open(settings);

        var tables = database.ReadNow(connection => connection.Query("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()", row => row.GetString(0)));
        var sequences = database.ReadNow(connection => connection.Query("SELECT sequence_name FROM information_schema.sequences WHERE sequence_schema = current_schema()", row => row.GetString(0)));

        Assert.Equal(tables.Order(StringComparer.Ordinal), LedgerSchema.Tables.Concat(["migration", "archived", "archived_part"]).Order(StringComparer.Ordinal));
        Assert.Equal(sequences.Order(StringComparer.Ordinal), LedgerSchema.Sequences);
    }

    [Fact]
    public async Task Move_WhileAHubWorks_IsRefused()
    {
        await using var hub = HubProcess.Launch(embedded.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<StartException>(() => MoveAsync([.. Embedded(embedded)], [.. Embedded(back)]));

        Assert.Contains($"in use by process {hub.Id}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfServers_AndHubsOnThem_KeepOutOfEachOthersWay()
    {
        await using var influx = await StartInfluxAsync();
        string[] servers = [.. OnServers(influx, await postgres.NewSchemaAsync(), elsewhere)];
        await using (await OpenAsync(servers))
        {
            await using var late = HubProcess.Launch(elsewhere.Path, servers);
            Assert.Equal(1, await late.WaitForExitAsync(Cancellation));
            Assert.Contains("This ledger is being moved", late.Output, StringComparison.Ordinal);
        }

        await using var hub = HubProcess.Launch(elsewhere.Path, servers);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        var refused = await Assert.ThrowsAsync<StartException>(() => MoveAsync(servers, [.. Embedded(back)]));
        Assert.Contains("A hub works with this installation", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Killed while it moves, or before the ledger is there: no hub starts on what it left, and no second move adds to it.</summary>
    [Fact]
    public async Task Move_CutOffBeforeTheLedger_LeavesWhatNoHubStartsOn()
    {
        EarlierInstallation.Unpack(embedded.Path);
        await using var influx = await StartInfluxAsync();
        var settings = await postgres.NewSchemaAsync();
        string[] target = [.. OnServers(influx, settings, elsewhere)];
        await using (var from = await OpenAsync([.. Embedded(embedded)]))
        await using (var to = await OpenAsync(target))
        {
            await foreach (var release in from.History.ReadAsync(Cancellation).Take(3))
            {
                await new ReleaseRefill(to.Observations, to.Clock).AppendAsync(release, Cancellation);
            }
        }

        await using var hub = HubProcess.Launch(elsewhere.Path, target);
        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("the ledger knows of no publication", hub.Output, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<StartException>(() => MoveAsync([.. Embedded(embedded)], target));
        Assert.Contains("is not empty: there are observations.", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> MoveAsync(string[] from, string[] to)
    {
        using var output = new StringWriter();
        var code = await MoveCommand.RunAsync([.. from, .. to.Select(word => word.StartsWith("--", StringComparison.Ordinal) ? $"--to:{word[2..]}" : word)], output, Cancellation);
        return (code, output.ToString());
    }

    private static Task<Installation> OpenAsync(string[] settings) => Installation.OpenAsync(CommandSettings.Read(settings), Cancellation);

    private static IEnumerable<string> Embedded(TemporaryFolder data) => ["--Storage:DataFolder", data.Path];

    private static IEnumerable<string> OnServers(InfluxProcess influx, PostgresSettings settings, TemporaryFolder data) =>
    [
        "--Storage:DataFolder", data.Path,
        "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema,
        "--Storage:Observations", "influx", "--Influx:Address", influx.Address.ToString(), "--Influx:Database", "metricshub",
    ];

    private static Task<InfluxProcess> StartInfluxAsync() => InfluxProcess.StartAsync("", CreateDatabaseAsync, Cancellation);

    private static async Task CreateDatabaseAsync(InfluxProcess influx)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(influx.Address, "/query"), new StringContent("q=CREATE%20DATABASE%20metricshub", Encoding.ASCII, "application/x-www-form-urlencoded"), Cancellation);
        answer.EnsureSuccessStatusCode();
    }
}
