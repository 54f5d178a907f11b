using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using MetricsHub.Domain.Publications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// Feeds that are asked every minute, each at a second of its own, and have something new each time: one quarter of an hour with its figure,
/// and never again the one before. So what a hub loses of one answer stays lost, and is noticed. One more feed never has anything but an error.
/// </summary>
internal sealed class PolledFeeds : IAsyncDisposable
{
    public const string Metric = "polled";
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<int, int> asked = new();
    private readonly DateTimeOffset start;

    private PolledFeeds(WebApplication app, int count, DateTimeOffset start)
    {
        this.app = app;
        this.start = start;
        Count = count;
    }

    /// <summary>How many feeds answer, numbered from 1.</summary>
    public int Count { get; }

    /// <summary>The key of the source that never answers but with an error.</summary>
    public static SourceKey Poison { get; } = KeyOf(0);

    /// <summary>What was given, each answer whole: feed, quarter of an hour and figure.</summary>
    public ConcurrentDictionary<(int Feed, DateTimeOffset At), int> Given { get; } = new();

    /// <summary>When which feed was asked.</summary>
    public ConcurrentQueue<(int Feed, DateTimeOffset At)> Asked { get; } = new();

    /// <summary>Whether each answer holds everything that was given before, and nothing new: for a hub that comes later.</summary>
    public bool IsWhole { get; set; }

    public static SourceKey KeyOf(int feed) => new(string.Create(CultureInfo.InvariantCulture, $"polled-{feed}"));

    public static string OrganisationOf(int feed) => string.Create(CultureInfo.InvariantCulture, $"POLLED{feed}");

    public static async Task<PolledFeeds> StartAsync(int count, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var now = TimeProvider.System.GetUtcNow();
        var feeds = new PolledFeeds(app, count, now.AddTicks(-(now.Ticks % QuarterHour.Ticks)).AddDays(-5));
        app.MapGet("/{feed:int}.csv", feeds.AnswerAsync);
        await app.StartAsync(cancellationToken);
        return feeds;
    }

    /// <summary>A catalogue that has these feeds, and nothing else that could be collected.</summary>
    public TemporaryFolder Catalogue()
    {
        var folder = Pushes.Catalogue(withSamples: false);
        File.AppendAllText(Path.Combine(folder.Path, "metrics.yaml"), $"""

              - key: {Metric}
                name: Polled
                description: Made up for a test.
                unit: patients
                serviceDomain: utc
                cadence: quarter-hour
                measure: snapshot
                polarity: low-is-good
                countsPeople: false
                reportedBy: [site]

            """);
        for (var feed = 0; feed <= Count; feed++)
        {
            File.AppendAllText(Path.Combine(folder.Path, "organisations.csv"), $"{OrganisationOf(feed)},Polled {feed},site,,,,made up for a test\n");
            File.WriteAllText(Path.Combine(folder.Path, "sources", $"{KeyOf(feed)}.yaml"), SourceOf(feed));
        }

        return folder;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(int feed, HttpContext context)
    {
        Asked.Enqueue((feed, TimeProvider.System.GetUtcNow()));
        if (feed == 0)
        {
            context.Response.StatusCode = (int)HttpStatusCode.InternalServerError;
            return;
        }

        var rows = IsWhole ? [.. Given.Where(row => row.Key.Feed == feed).Select(row => (row.Key.At, row.Value))] : new List<(DateTimeOffset At, int Value)> { Next(feed) };
        context.Response.ContentType = "text/csv";
        await context.Response.WriteAsync(string.Concat(rows.OrderBy(row => row.At).Select(TextOf).Prepend("as_at,figure\n")), context.RequestAborted);
        rows.ForEach(row => Given[(feed, row.At)] = row.Value);
    }

    private (DateTimeOffset At, int Value) Next(int feed)
    {
        var number = asked.AddOrUpdate(feed, 1, (_, before) => before + 1);
        return (start + (QuarterHour * number), 100 + (((number * 7) + feed) % 50));
    }

    private static string TextOf((DateTimeOffset At, int Value) row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.At:yyyy-MM-ddTHH:mm:ss'Z'},{row.Value}\n");

    private string SourceOf(int feed) => $$"""
        key: {{KeyOf(feed)}}
        name: Polled {{feed}}
        publisher: A test
        landingPage: https://example.org/
        licence: none needed
        simulated: false
        formatProven: true
        parser: table
        table:
          format: csv
          organisation: { code: {{OrganisationOf(feed)}} }
          time: { field: as_at, format: iso }
          figures:
            - { metric: {{Metric}}, field: figure }
        schedule: "* * * * *"
        timeZone: Europe/London
        dueMinutesAfterPeriodEnd: 20
        personalColumns: []
        maximumBytes: 1000000
        locations:
          - feed: {{app.Urls.Single()}}/{{feed}}.csv
            allowedHosts: []
            privateNetwork: true

        """;
}
