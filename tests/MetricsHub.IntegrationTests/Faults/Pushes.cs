using System.Text;
using System.Text.Json;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>Pushes that a test can tell apart and find again: each states days of its own, each day with a value of its own.</summary>
internal static class Pushes
{
    public const string Source = "local-push";
    private const string Metric = "dental-practices-listed";
    private const int RowsInAPush = 20;

    /// <summary>The bundled catalogue with a source that takes pushes of a metric that is counted by the day.</summary>
    /// <param name="withSamples">Whether the bundled samples are collected as well.</param>
    public static TemporaryFolder Catalogue(bool withSamples = true)
    {
        var folder = new TemporaryFolder();
        var bundled = Path.Combine(AppContext.BaseDirectory, "catalogue");
        foreach (var file in Directory.GetFiles(bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder.Path, Path.GetRelativePath(bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            var lines = File.ReadAllLines(file).ToList();
            if (!withSamples && lines.FindIndex(line => line.Contains("{samples}", StringComparison.Ordinal)) is var samples and >= 0)
            {
                lines.RemoveRange(samples, 2);
            }

            File.WriteAllLines(copy, lines);
        }

        File.WriteAllText(Path.Combine(folder.Path, "sources", $"{Source}.yaml"), $$"""
            key: {{Source}}
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

    /// <param name="push">Its number, from 1; at most 450, for no day may lie ahead.</param>
    public static Task<HttpResponseMessage> SendAsync(HubProcess hub, int push, CancellationToken cancellationToken) =>
        SendAsync(hub, $"push {push}", Enumerable.Range(0, RowsInAPush).Select(row => ("QUY", DayOf(push, row), ValueOf(push, row))), cancellationToken);

    /// <summary>A push of 7,000 rows about organisations of its own, which makes a store's log grow.</summary>
    /// <param name="push">Its number, from 1.</param>
    public static Task<HttpResponseMessage> SendMuchAsync(HubProcess hub, int push, CancellationToken cancellationToken) =>
        SendAsync(hub, $"much {push}", Enumerable.Range(0, 7000).Select(row => ("QOX", new DateOnly(2000, 1, 1).AddDays(row), push)), cancellationToken);

    /// <summary>Every row of the pushes is stored with its value.</summary>
    public static async Task AssertHoldsAsync(HubProcess hub, IEnumerable<int> pushes, CancellationToken cancellationToken)
    {
        var figures = await FiguresAsync(hub, "QUY", cancellationToken);
        Assert.All(
            pushes.SelectMany(_ => Enumerable.Range(0, RowsInAPush), (push, row) => (push, row)),
            place => Assert.Equal(ValueOf(place.push, place.row), figures[DayOf(place.push, place.row)]));
    }

    /// <summary>All days of the large pushes are those of the given one.</summary>
    public static async Task AssertMuchIsOfAsync(HubProcess hub, int push, CancellationToken cancellationToken)
    {
        var figures = await FiguresAsync(hub, "QOX", cancellationToken);
        Assert.Equal(7000, figures.Count);
        Assert.All(figures.Values, value => Assert.Equal(push, value));
    }

    /// <summary>How many pushes there are, all of them stored.</summary>
    public static async Task<int> CountAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        using var page = JsonDocument.Parse(await hub.Http.GetStringAsync($"/api/v1/publications?source={Source}&limit=1000", cancellationToken));
        var items = page.RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.All(items, item => Assert.Equal("stored", item.GetProperty("state").GetString()));
        return items.Count;
    }

    /// <summary>How many pushes the hub has kept, stored or not yet.</summary>
    public static async Task<int> KeptAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        using var page = JsonDocument.Parse(await hub.Http.GetStringAsync($"/api/v1/publications?source={Source}&limit=1000", cancellationToken));
        return page.RootElement.GetProperty("items").GetArrayLength();
    }

    /// <summary>A push of these rows under this key.</summary>
    public static Task<HttpResponseMessage> SendAsync(
        HubProcess hub, string key, IEnumerable<(string Organisation, DateOnly Day, int Value)> rows, CancellationToken cancellationToken)
    {
        var texts = rows.Select(row => $$"""{"metric":"{{Metric}}","organisation":"{{row.Organisation}}","at":"{{row.Day:yyyy-MM-dd}}","value":{{row.Value}}}""");
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/observations?source={Source}")
        {
            Content = new StringContent($"[{string.Join(',', texts)}]", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        return hub.Http.SendAsync(request, cancellationToken);
    }

    private static async Task<Dictionary<DateOnly, int>> FiguresAsync(HubProcess hub, string organisation, CancellationToken cancellationToken)
    {
        var figures = new Dictionary<DateOnly, int>();
        for (var address = $"/api/v1/observations?metric={Metric}&organisation={organisation}&limit=1000&from=2000-01-01&to=2026-01-01"; address is not null;)
        {
            using var page = JsonDocument.Parse(await hub.Http.GetStringAsync(address, cancellationToken));
            foreach (var item in page.RootElement.GetProperty("items").EnumerateArray())
            {
                // A period that was stored twice as current would be here twice. Its middle lies on the day whatever the offset.
                figures.Add(DateOnly.FromDateTime(item.GetProperty("periodStart").GetDateTimeOffset().AddHours(12).UtcDateTime), item.GetProperty("value").GetInt32());
            }

            address = page.RootElement.GetProperty("next").GetString();
        }

        return figures;
    }

    private static DateOnly DayOf(int push, int row) => new DateOnly(2000, 1, 1).AddDays((push * RowsInAPush) + row);

    /// <summary>Different from its neighbours, and never more than a hospital can have.</summary>
    private static int ValueOf(int push, int row) => ((push * RowsInAPush) + row) % 997;
}
