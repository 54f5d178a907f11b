using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MetricsHub.IntegrationTests;

/// <summary>
/// The hub is killed while figures are pushed to it: whatever it acknowledged is stored, and what is sent again under its key is stored once.
/// METRICSHUB_KILL_ROUNDS sets how often (3 unless set).
/// </summary>
public sealed class PushKillTests
{
    private const string Metric = "dental-practices-listed";
    private const int Senders = 3;
    private const int RowsInAPush = 20;

    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("METRICSHUB_KILL_ROUNDS") ?? "3", NumberStyles.None, CultureInfo.InvariantCulture);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMomentsOfPushes_LosesAndDoublesNothing()
    {
        var random = new Random(20261122);
        using var catalogue = CatalogueThatTakesPushes();
        for (var round = 0; round < Rounds; round++)
        {
            using var data = new TemporaryFolder();
            ConcurrentDictionary<int, string> acknowledged = new();
            var sent = 0;

            // Twice in a row, so that a start that finishes another start's work is killed as well.
            for (var kill = 0; kill < 2; kill++)
            {
                await using var victim = await LaunchAsync(data, catalogue);
                var enough = acknowledged.Count + random.Next(1, 15);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                var senders = Enumerable.Range(0, Senders).Select(_ => SendAsync(victim, () => Interlocked.Increment(ref sent), acknowledged, stop.Token)).ToList();
                while (acknowledged.Count < enough)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 40)), TimeProvider.System, Cancellation);
                await victim.KillAsync(Cancellation);
                await stop.CancelAsync();
                await Task.WhenAll(senders);
            }

            await using var hub = await LaunchAsync(data, catalogue);
            await AssertHoldsAsync(hub, acknowledged.Keys);

            // Whoever had no answer sends again; whoever had one gets the same.
            for (var push = 1; push <= sent; push++)
            {
                using var response = await PushAsync(hub, push, Cancellation);
                var answer = await response.Content.ReadAsStringAsync(Cancellation);
                Assert.True(response.IsSuccessStatusCode, answer);
                Assert.Equal(acknowledged.GetValueOrDefault(push, answer), answer);
            }

            await AssertHoldsAsync(hub, [.. Enumerable.Range(1, sent)]);
            Assert.Equal(sent, await PublicationsAsync(hub));
            TestContext.Current.TestOutputHelper?.WriteLine($"round {round + 1}: {acknowledged.Count} of {sent} pushes acknowledged, 0 lost, 0 doubled");
        }
    }

    /// <summary>Pushes until the hub is gone, remembering what it acknowledged.</summary>
    private static async Task SendAsync(HubProcess hub, Func<int> next, ConcurrentDictionary<int, string> acknowledged, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var push = next();
                using var response = await PushAsync(hub, push, cancellationToken);
                var answer = await response.Content.ReadAsStringAsync(cancellationToken);
                Assert.True(response.StatusCode == HttpStatusCode.OK, answer);
                acknowledged[push] = answer;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // The hub was killed: the push that was under way is one of those that had no answer.
        }
    }

    private static Task<HttpResponseMessage> PushAsync(HubProcess hub, int push, CancellationToken cancellationToken)
    {
        var rows = Enumerable.Range(0, RowsInAPush).Select(row =>
            $$"""{"metric":"{{Metric}}","organisation":"QUY","at":"{{DayOf(push, row):yyyy-MM-dd}}","value":{{ValueOf(push, row)}}}""");
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/observations?source=local-push")
        {
            Content = new StringContent($"[{string.Join(',', rows)}]", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", $"push {push}");
        return hub.Http.SendAsync(request, cancellationToken);
    }

    /// <summary>Every row of the pushes is stored with its value.</summary>
    private static async Task AssertHoldsAsync(HubProcess hub, ICollection<int> pushes)
    {
        var figures = await FiguresAsync(hub);
        Assert.All(
            pushes.SelectMany(_ => Enumerable.Range(0, RowsInAPush), (push, row) => (push, row)),
            place => Assert.Equal(ValueOf(place.push, place.row), figures[DayOf(place.push, place.row)]));
    }

    private static async Task<Dictionary<DateOnly, int>> FiguresAsync(HubProcess hub)
    {
        var figures = new Dictionary<DateOnly, int>();
        for (var address = $"/api/v1/observations?metric={Metric}&organisation=QUY&limit=1000&from=2000-01-01&to=2020-01-01"; address is not null;)
        {
            using var page = JsonDocument.Parse(await hub.Http.GetStringAsync(address, Cancellation));
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                // A period that was stored twice as current would be here twice. Its middle lies on the day whatever the offset.
                figures.Add(DateOnly.FromDateTime(item.GetProperty("periodStart").GetDateTimeOffset().AddHours(12).UtcDateTime), item.GetProperty("value").GetInt32());
            }

            address = page.RootElement.GetProperty("next").GetString();
        }

        return figures;
    }

    private static async Task<int> PublicationsAsync(HubProcess hub)
    {
        using var page = JsonDocument.Parse(await hub.Http.GetStringAsync("/api/v1/publications?source=local-push&limit=1000", Cancellation));
        var items = page.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.All(items, item => Assert.Equal("stored", item.GetProperty("state").GetString()));
        return items.Count;
    }

    private static DateOnly DayOf(int push, int row) => new DateOnly(2000, 1, 1).AddDays((push * RowsInAPush) + row);

    /// <summary>Different from its neighbours, and never more than a hospital can have.</summary>
    private static int ValueOf(int push, int row) => ((push * RowsInAPush) + row) % 997;

    private static async Task<HubProcess> LaunchAsync(TemporaryFolder data, TemporaryFolder catalogue)
    {
        var hub = HubProcess.Launch(data.Path, "--Catalogue:Folder", catalogue.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        return hub;
    }

    /// <summary>The bundled catalogue with a source that takes pushes of a metric that is counted by the day.</summary>
    private static TemporaryFolder CatalogueThatTakesPushes()
    {
        var folder = new TemporaryFolder();
        var bundled = Path.Combine(AppContext.BaseDirectory, "catalogue");
        foreach (var file in Directory.GetFiles(bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.Path, Path.GetRelativePath(bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(folder.Path, "sources", "local-push.yaml"), $$"""
            key: local-push
            name: Pushed figures
            publisher: Somebody
            landingPage: https://example.org/
            licence: none needed
            simulated: false
            formatProven: true
            parser: pushed
            push: true
            metrics: [{{Metric}}]
            schedule: "*/15 * * * *"
            timeZone: Europe/London
            dueDaysAfterPeriodEnd: 1
            personalColumns: []
            maximumBytes: 1000000

            """);
        return folder;
    }
}
