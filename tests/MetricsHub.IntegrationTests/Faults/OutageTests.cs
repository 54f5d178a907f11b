using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using MetricsHub.IntegrationTests.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// InfluxDB is stopped while a hub collects feeds every minute, and comes back. METRICSHUB_OUTAGE_SECONDS sets for how long it is away (20
/// unless set; <c>make outage</c>: 300).
/// </summary>
public sealed class OutageTests(PostgresFixture postgres)
{
    private const int Feeds = 20;
    private static readonly TimeSpan OneInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Outage =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("METRICSHUB_OUTAGE_SECONDS") ?? "20", NumberStyles.None, CultureInfo.InvariantCulture));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Influx_StoppedForAWhile_LosesNothingSaysHowOldItsAnswersAreAndCatchesUpWithinOneInterval()
    {
        await using var feeds = await PolledFeeds.StartAsync(Feeds, Cancellation);
        using var catalogue = feeds.Catalogue();
        string[] arguments = ["--Catalogue:Folder", catalogue.Path];
        await using var stores = await Stores.CreateAsync(Stores.Production, postgres, Cancellation);
        await using var hub = await stores.LaunchAsync(arguments, Cancellation);
        await Waiting.UntilAsync("something of every feed is stored", async () => (await LatestAsync(hub)).Count == Feeds, Patience, () => hub.Output, Cancellation);

        await stores.Influx!.StopAsync();
        var away = Stopwatch.StartNew();
        var before = feeds.Given.Count;
        var first = (await LatestAsync(hub)).Max(item => item.GetProperty("ageSeconds").GetInt64());
        var (oldest, mostWaiting, answers) = (first, 0, 0);
        await Waiting.UntilAsync(
            "the outage is over and something waits",
            async () =>
            {
                var age = (await LatestAsync(hub)).Max(item => item.GetProperty("ageSeconds").GetInt64());
                Assert.True(age >= oldest, $"An answer became younger while InfluxDB was away: {oldest}, then {age} s.");
                (oldest, answers) = (age, answers + 1);
                mostWaiting = Math.Max(mostWaiting, await WaitingPublicationsAsync(hub));
                return away.Elapsed >= Outage && mostWaiting > 0;
            },
            Outage + Patience,
            () => hub.Output,
            Cancellation);
        using (var figures = await hub.Http.GetAsync($"/api/v1/observations?metric={PolledFeeds.Metric}&limit=7", Cancellation))
        {
            Reads.AssertPutOff(figures, hub);
        }

        Assert.Equal("away", (await JsonAsync(hub, "/health/ready")).GetProperty("checks")[0].GetProperty("status").GetString());
        var collected = feeds.Given.Keys.ToList();
        Assert.True(collected.Count > before, "Nothing was collected while InfluxDB was away.");

        await stores.Influx.StartAsync(Cancellation);
        away.Stop();
        var back = Stopwatch.StartNew();
        await Waiting.UntilAsync("all that waited is stored", async () => collected.TrueForAll((await FiguresAsync(hub)).ContainsKey), OneInterval, () => hub.Output, Cancellation);
        back.Stop();

        // A hub that nobody disturbs is given all of it at once, and comes to the same.
        await hub.KillAsync(Cancellation);
        feeds.IsWhole = true;
        var given = feeds.Given.ToDictionary();
        await using var successor = await stores.LaunchAsync(arguments, Cancellation);
        await using var calm = await Stores.CreateAsync(Stores.Embedded, postgres, Cancellation);
        await using var undisturbed = await calm.LaunchAsync(arguments, Cancellation);
        foreach (var either in (HubProcess[])[successor, undisturbed])
        {
            await Waiting.UntilAsync("everything that was given is stored", async () => (await FiguresAsync(either)).Count == given.Count, Patience, () => either.Output, Cancellation);
            Assert.Equal(given.OrderBy(Place), (await FiguresAsync(either)).OrderBy(Place));
        }

        Assert.Equal(0, await WaitingPublicationsAsync(successor));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"InfluxDB was away for {away.Elapsed.TotalSeconds:0} s: {collected.Count - before} publications collected meanwhile, at most {mostWaiting} waiting; "
            + $"{answers} answers from what was known last, whose age grew by {oldest - first} s; all stored {back.Elapsed.TotalSeconds:0.0} s after it was back; {given.Count} given, 0 lost");
    }

    private static (int Feed, DateTimeOffset At) Place(KeyValuePair<(int Feed, DateTimeOffset At), int> figure) => figure.Key;

    private static async Task<List<JsonElement>> LatestAsync(HubProcess hub) =>
        [.. (await JsonAsync(hub, $"/api/v1/observations/latest?metric={PolledFeeds.Metric}&limit=1000")).GetProperty("items").EnumerateArray()];

    private static async Task<int> WaitingPublicationsAsync(HubProcess hub) =>
        (await JsonAsync(hub, "/api/v1/sources")).GetProperty("items").EnumerateArray().Sum(source => source.GetProperty("waiting").GetInt32());

    private static async Task<Dictionary<(int Feed, DateTimeOffset At), int>> FiguresAsync(HubProcess hub)
    {
        var figures = new Dictionary<(int, DateTimeOffset), int>();
        using var answer = await hub.Http.GetAsync($"/api/v1/observations.csv?metric={PolledFeeds.Metric}", Cancellation);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return figures;
        }

        var rows = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')).ToList();
        var (organisation, end, value) = (rows[0].IndexOf("organisation"), rows[0].IndexOf("periodEnd"), rows[0].IndexOf("value"));
        foreach (var row in rows.Skip(1))
        {
            var feed = int.Parse(row[organisation][PolledFeeds.OrganisationOf(0)[..^1].Length..], CultureInfo.InvariantCulture);
            figures.Add((feed, DateTimeOffset.Parse(row[end], CultureInfo.InvariantCulture).ToUniversalTime()), int.Parse(row[value], CultureInfo.InvariantCulture));
        }

        return figures;
    }

    private static async Task<JsonElement> JsonAsync(HubProcess hub, string address) => JsonElement.Parse(await hub.Http.GetStringAsync(address, Cancellation));
}
