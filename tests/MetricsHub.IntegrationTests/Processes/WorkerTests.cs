using System.Globalization;
using System.Text;
using System.Text.Json;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage;
using MetricsHub.Storage.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>Workers that race, are killed, or stand still: real processes on one InfluxDB and one PostgreSQL.</summary>
public sealed class WorkerTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_RacingForOneSource_CollectItOnce()
    {
        await using var feeds = await Feeds.StartAsync(1, rows: 4);
        await using var site = await HubSite.StartAsync(await postgres.NewSchemaAsync());
        using var database = PostgresFixture.Open(site.Settings);
        var (one, other) = (site.Launch("worker", "--Catalogue:Folder", feeds.Catalogue), site.Launch("worker", "--Catalogue:Folder", feeds.Catalogue));
        await one.WaitUntilItAnswersAsync(Cancellation);
        await other.WaitUntilItAnswersAsync(Cancellation);

        // While the publisher keeps the one waiting, the other's job finds that somebody is there.
        await site.WaitAsync(async () => feeds.Waiting == 1 && await CountAsync(database, $"SELECT count(*) FROM {site.Settings.JobSchema}.job WHERE statename = 'Deleted' AND arguments::TEXT LIKE '%feed-000%'") > 0);
        feeds.Open();

        await site.WaitAsync(async () => await CountAsync(database, "SELECT count(*) FROM run WHERE source = 'feed-000' AND outcome = 'succeeded'") > 0);
        Assert.Equal(1, feeds.AskedOf(0));
        Assert.Equal(1, await CountAsync(database, "SELECT count(*) FROM publication WHERE state = 'stored'"));
        Assert.Equal(1, await CountAsync(database, "SELECT count(*) FROM run WHERE source = 'feed-000'"));
        Assert.Equal(1, await ReleasesAsync(site));
    }

    [Fact]
    public async Task Worker_KilledWithManyJobsUnderWayAndQueued_LeavesThemAllToTheOther()
    {
        const int count = 160;
        await using var feeds = await Feeds.StartAsync(count, rows: 4);
        await using var site = await HubSite.StartAsync(await postgres.NewSchemaAsync());
        using var database = PostgresFixture.Open(site.Settings);
        var (victim, survivor) = (site.Launch("worker", "--Catalogue:Folder", feeds.Catalogue), site.Launch("worker", "--Catalogue:Folder", feeds.Catalogue));
        await victim.WaitUntilItAnswersAsync(Cancellation);
        await survivor.WaitUntilItAnswersAsync(Cancellation);

        // One alone asks 64 at once.
        await site.WaitAsync(() => Task.FromResult(feeds.Waiting > 100));
        await victim.KillAsync(Cancellation);
        feeds.Open();

        await site.WaitAsync(async () => await CountAsync(database, "SELECT count(DISTINCT source) FROM run WHERE source LIKE 'feed-%' AND outcome = 'succeeded'") == count);

        // What was queued twice may be looked at once more, and finds nothing new.
        await site.WaitAsync(async () => await CountAsync(database, "SELECT count(*) FROM run WHERE source LIKE 'feed-%' AND outcome = 'running'") == 0);
        Assert.Equal(count, await CountAsync(database, "SELECT count(*) FROM publication WHERE state = 'stored'"));
        Assert.Equal(count, await CountAsync(database, "SELECT sum(stored) FROM run WHERE source LIKE 'feed-%'"));
        Assert.InRange(await CountAsync(database, "SELECT count(*) FROM run WHERE source LIKE 'feed-%' AND outcome = 'interrupted'"), 1, 64);
        Assert.Empty(await database.RunAsync(
            connection => connection.Query("SELECT source, outcome, message FROM run WHERE source LIKE 'feed-%' AND outcome IN ('failed', 'partial')", row => $"{row[0]} {row[1]}: {row[2]}"), Cancellation));
        Assert.Equal(count, await ReleasesAsync(site));
        await AssertFiguresAsync(await site.StartAsync("api", "--Catalogue:Folder", feeds.Catalogue), count, rows: 4);
    }

    /// <summary>For longer than its locks last; its successor finishes what it was about, and it finds that done.</summary>
    [Fact]
    public async Task Worker_StandsStillAmidAnAppend_HoldsNobodyUpAndOverwritesNothing()
    {
        const int count = 3;
        const int rows = 9000;
        await using var feeds = await Feeds.StartAsync(count, rows);
        await using var site = await HubSite.StartAsync(await postgres.NewSchemaAsync());
        using var database = PostgresFixture.Open(site.Settings);
        var sleeper = await site.StartAsync("worker", "--Catalogue:Folder", feeds.Catalogue);
        await site.WaitAsync(() => Task.FromResult(feeds.Waiting == count));
        feeds.Open();
        while (await CountAsync(database, "SELECT count(*) FROM release_open") == 0)
        {
            Assert.True(await CountAsync(database, "SELECT count(*) FROM publication WHERE state = 'stored'") < count, sleeper.Output);
        }

        await sleeper.SignalAsync("STOP");
        var successor = await site.StartAsync("worker", "--Catalogue:Folder", feeds.Catalogue);
        await site.WaitAsync(async () => await CountAsync(database, "SELECT count(*) FROM publication WHERE state = 'stored'") == count);
        await sleeper.SignalAsync("CONT");

        await site.WaitAsync(async () => await CountAsync(database, "SELECT count(*) FROM run WHERE outcome = 'running'") == 0);
        Assert.Equal(count, await CountAsync(database, "SELECT count(*) FROM publication WHERE state = 'stored'"));
        Assert.Equal(count, await ReleasesAsync(site));
        await AssertFiguresAsync(await site.StartAsync("api", "--Catalogue:Folder", feeds.Catalogue), count, rows);
        Assert.False(successor.HasExited || sleeper.HasExited);
    }

    [Fact]
    public async Task Hub_PostgresComesBack_GoesOnCollectingByItself()
    {
        await using var server = await PostgresProcess.StartNewAsync();
        await using var feeds = await Feeds.StartAsync(1, rows: 4, schedule: "* * * * *");
        feeds.Open();
        await using var site = await HubSite.StartAsync(new PostgresSettings(server.ConnectionString, "hub"));
        var hub = await site.StartAsync("api,worker", "--Catalogue:Folder", feeds.Catalogue);
        await site.WaitAsync(() => Task.FromResult(feeds.AskedOf(0) > 0));

        await server.StopAsync();
        await site.WaitAsync(async () => !await IsReadyAsync(hub));
        var before = feeds.AskedOf(0);
        await server.StartAsync();

        await site.WaitAsync(async () => await IsReadyAsync(hub) && feeds.AskedOf(0) > before);
        var asked = feeds.AskedOf(0);
        await site.WaitAsync(() => Task.FromResult(feeds.AskedOf(0) > asked));
        using var database = PostgresFixture.Open(site.Settings);
        await site.WaitAsync(async () => await CountAsync(database, "SELECT count(*) FROM run WHERE source = 'feed-000' AND outcome = 'succeeded'") > 1);
        Assert.False(hub.HasExited, hub.Output);
    }

    private static async Task<bool> IsReadyAsync(HubProcess hub)
    {
        using var answer = await hub.Http.GetAsync("/health/ready", Cancellation);
        return answer.IsSuccessStatusCode;
    }

    private static Task<long> CountAsync(PostgresDatabase database, string sql) => database.RunAsync(
        connection => connection.QueryFirst(sql, row => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture)), Cancellation);

    /// <summary>How many releases InfluxDB holds as closed.</summary>
    private static async Task<int> ReleasesAsync(HubSite site)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(
            new Uri(site.Influx.Address, "/query"),
            new StringContent("db=metricshub&q=SELECT%20closed%20FROM%20release%20WHERE%20closed%20%3D%201", Encoding.ASCII, "application/x-www-form-urlencoded"),
            Cancellation);
        var result = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("results")[0];
        return result.TryGetProperty("series", out var series) ? series[0].GetProperty("values").GetArrayLength() : 0;
    }

    private static async Task AssertFiguresAsync(HubProcess hub, int feeds, int rows)
    {
        var csv = await hub.Http.GetStringAsync($"/api/v1/observations.csv?metric={Feeds.Metric}", Cancellation);
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].Split(',').ToList();
        var (start, value) = (names.IndexOf("periodStart"), names.IndexOf("value"));
        var read = lines.Skip(1).Select(line => line.Split(',')).Select(cells => (DateTimeOffset.Parse(cells[start], CultureInfo.InvariantCulture), int.Parse(cells[value], CultureInfo.InvariantCulture)));
        var stated = Enumerable.Range(0, feeds).SelectMany(feed => Feeds.FiguresOf(feed, rows)).Select(figure => (Feeds.StartOf(figure.Slot), figure.Figure));
        Assert.Equal(stated, read);
    }
}
