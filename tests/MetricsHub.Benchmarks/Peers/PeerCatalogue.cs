using System.Globalization;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>What an installation writes to have the points pushed: 40 metrics, 10 sites and two sources, in its own catalogue. No framework judges them.</summary>
internal static class PeerCatalogue
{
    public static string SourceOf(int connection) => $"peers-{connection.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="folder">The installation's own catalogue, beside the bundled one.</param>
    public static void Write(string folder, Points points)
    {
        Directory.CreateDirectory(Path.Combine(folder, "sources"));
        var metrics = points.Series.Select(series => series.Metric.ToString()).Distinct().ToList();
        File.WriteAllText(Path.Combine(folder, "metrics.yaml"), "metrics:\n" + string.Concat(metrics.Select(MetricOf)));
        File.WriteAllText(
            Path.Combine(folder, "organisations.csv"),
            "code,name,kind,valid_from,valid_to,ons_code,source\n"
            + string.Concat(points.Series.Select(series => series.Organisation).Distinct().Select(code => $"{code},Site {code},site,,,,made up for a benchmark\n")));
        foreach (var source in (string[])[SourceOf(0), SourceOf(1)])
        {
            File.WriteAllText(Path.Combine(folder, "sources", $"{source}.yaml"), FileOf(source, metrics));
        }
    }

    private static string MetricOf(string key) => $"""
          - key: {key}
            name: Benchmark {key}
            description: Made up for a benchmark.
            unit: patients
            serviceDomain: utc
            cadence: quarter-hour
            measure: snapshot
            polarity: low-is-good
            countsPeople: false
            reportedBy: [site]

        """;

    private static string FileOf(string key, List<string> metrics) => $"""
        key: {key}
        name: Benchmark {key}
        publisher: A benchmark
        landingPage: https://example.org/
        licence: none needed
        simulated: false
        formatProven: true
        parser: pushed
        push: true
        metrics: [{string.Join(", ", metrics)}]
        schedule: "*/15 * * * *"
        timeZone: Europe/London
        dueMinutesAfterPeriodEnd: 20
        personalColumns: []
        maximumBytes: 5000000

        """;
}
