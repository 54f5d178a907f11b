using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MetricsHub.Tests.Sources.Locations;
using Microsoft.AspNetCore.Http;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>
/// Publishers of as many feeds as asked for, on one loopback port, and a catalogue that knows of nothing else. Each feed states as many
/// quarters of an hour as asked for, of one metric and one organisation, which no other feed speaks of. They answer when they are let.
/// </summary>
internal sealed class Feeds : IAsyncDisposable
{
    public const string Metric = "procs-patients-waiting";

    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<int, int> asked = new();
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TemporaryFolder catalogue = new();
    private readonly int rows;
    private PublisherServer server = null!;
    private int waiting;

    private Feeds(int rows) => this.rows = rows;

    /// <summary>The folder of the catalogue.</summary>
    public string Catalogue => catalogue.Path;

    /// <summary>How many questions wait to be answered.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public int AskedOf(int feed) => asked.GetValueOrDefault(feed);

    /// <param name="count">How many feeds.</param>
    /// <param name="rows">How many quarters of an hour each of them states.</param>
    /// <param name="schedule">When they are looked at, besides the start.</param>
    public static async Task<Feeds> StartAsync(int count, int rows, string schedule = "0 0 1 1 *")
    {
        var feeds = new Feeds(rows);
        feeds.server = await PublisherServer.StartAsync(feeds.AnswerAsync);
        feeds.WriteCatalogue(count, schedule);
        return feeds;
    }

    public static string SourceOf(int feed) => string.Create(CultureInfo.InvariantCulture, $"feed-{feed:000}");

    /// <summary>Lets everybody be answered who waits or will ask.</summary>
    public void Open() => gate.TrySetResult();

    /// <summary>What there is to be known when all feeds have been read: each quarter of an hour, by its number from the first, and its figure.</summary>
    public static IEnumerable<(int Slot, int Figure)> FiguresOf(int feed, int rows) =>
        Enumerable.Range(feed * rows, rows).Select(slot => (slot, slot % 400));

    public static DateTimeOffset StartOf(int slot) => First.AddMinutes(15 * slot);

    public async ValueTask DisposeAsync()
    {
        Open();
        await server.DisposeAsync();
        catalogue.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var feed = int.Parse(Path.GetFileNameWithoutExtension(context.Request.Path.Value!), NumberStyles.None, CultureInfo.InvariantCulture);
        asked.AddOrUpdate(feed, 1, (_, before) => before + 1);
        Interlocked.Increment(ref waiting);
        try
        {
            await gate.Task.WaitAsync(context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        var text = new StringBuilder("at,waiting\n");
        foreach (var (slot, figure) in FiguresOf(feed, rows))
        {
            // A snapshot is the figure of the quarter of an hour that its time closes.
            text.Append(CultureInfo.InvariantCulture, $"{StartOf(slot + 1):yyyy-MM-ddTHH:mm:ss}Z,{figure}\n");
        }

        context.Response.ContentType = "text/csv";
        await context.Response.WriteAsync(text.ToString(), context.RequestAborted);
    }

    /// <summary>The bundled one; its own sources find nothing.</summary>
    private void WriteCatalogue(int count, string schedule)
    {
        var bundled = Path.Combine(AppContext.BaseDirectory, "catalogue");
        foreach (var file in Directory.GetFiles(bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(catalogue.Path, Path.GetRelativePath(bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file).Replace("{samples}", "{data}/samples", StringComparison.Ordinal));
        }

        File.AppendAllText(Path.Combine(catalogue.Path, "metrics.yaml"), $"""

              - key: {Metric}
                name: Patients waiting
                description: Patients who wait.
                unit: patients
                serviceDomain: utc
                cadence: quarter-hour
                measure: snapshot
                polarity: low-is-good
                countsPeople: true
                reportedBy: [provider]

            """);
        for (var feed = 0; feed < count; feed++)
        {
            File.WriteAllText(Path.Combine(catalogue.Path, "sources", $"{SourceOf(feed)}.yaml"), $$"""
                key: {{SourceOf(feed)}}
                name: Feed {{feed}}
                publisher: Somebody
                landingPage: https://example.org/
                licence: none needed
                simulated: false
                formatProven: true
                parser: table
                table:
                  format: csv
                  organisation: { code: RTP }
                  time: { field: at, format: iso }
                  figures:
                    - { metric: {{Metric}}, field: waiting }
                schedule: "{{schedule}}"
                timeZone: Europe/London
                dueMinutesAfterPeriodEnd: 20
                maximumBytes: 20000000
                locations:
                  - feed: {{server.Address}}{{feed}}.csv
                    privateNetwork: true

                """);
        }
    }
}
