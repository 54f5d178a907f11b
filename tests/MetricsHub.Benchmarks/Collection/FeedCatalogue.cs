using System.Globalization;
using System.Text;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Benchmarks.Collection;

/// <summary>The bundled catalogue with many feeds beside it: each of one site, with 20 metrics every quarter of an hour.</summary>
internal static class FeedCatalogue
{
    public const int MetricsPerFeed = 20;

    public static SourceKey KeyOf(int feed) => new($"load-{feed.ToString(CultureInfo.InvariantCulture)}");

    /// <param name="schedule">A cron expression of five fields.</param>
    public static void Write(string folder, Uri server, int feeds, string schedule)
    {
        Copy(new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "catalogue")), folder);
        File.AppendAllText(Path.Combine(folder, "metrics.yaml"), string.Concat(Enumerable.Range(1, MetricsPerFeed).Select(MetricOf)));
        var organisations = new StringBuilder();
        for (var feed = 1; feed <= feeds; feed++)
        {
            organisations.Append(CultureInfo.InvariantCulture, $"LOAD{feed},Site {feed},site,,,,made up for a benchmark\n");
            File.WriteAllText(Path.Combine(folder, "sources", $"{KeyOf(feed)}.yaml"), SourceOf(feed, server, schedule));
        }

        File.AppendAllText(Path.Combine(folder, "organisations.csv"), organisations.ToString());
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.GetDirectories().Where(folder => folder.Name != "simulated"))
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }

    private static string MetricOf(int number) => $"""

          - key: load-metric-{number}
            name: Load metric {number}
            description: Made up for a benchmark.
            unit: patients
            serviceDomain: utc
            cadence: quarter-hour
            measure: snapshot
            polarity: low-is-good
            countsPeople: false
            reportedBy: [site]

        """;

    private static string SourceOf(int feed, Uri server, string schedule) => $$"""
        key: {{KeyOf(feed)}}
        name: Load {{feed}}
        publisher: A benchmark
        landingPage: https://example.org/
        licence: none needed
        simulated: false
        formatProven: true
        parser: table
        table:
          format: csv
          organisation: { code: LOAD{{feed}} }
          time: { field: as_at, format: iso }
          figures:
        {{string.Join('\n', Enumerable.Range(1, MetricsPerFeed).Select(number => $"    - {{ metric: load-metric-{number}, field: m{number} }}"))}}
        schedule: "{{schedule}}"
        timeZone: Europe/London
        dueMinutesAfterPeriodEnd: 20
        personalColumns: []
        maximumBytes: 20000000
        locations:
          - feed: {{server}}feeds/{{feed}}.csv
            since: since
            allowedHosts: []
            privateNetwork: true
        """;
}
