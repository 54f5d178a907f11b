using System.Globalization;
using System.Text;

namespace MetricsHub.Benchmarks.Collection;

/// <summary>
/// What waits after a week without the hub: from every source one file with a row for each quarter of an hour and a column for each metric.
/// The catalogue is the bundled one, with the metrics and the sources added as an analyst would: tables, no parser.
/// </summary>
internal sealed class Backlog : IDisposable
{
    public const int Metrics = 20;
    public const int Rows = 7 * 24 * 4;

    private static readonly DateTime FirstEnd = new(2026, 11, 15, 0, 15, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("metricshub-backlog-");

    public Backlog(int sources)
    {
        Sources = [.. Enumerable.Range(1, sources).Select(number => string.Create(CultureInfo.InvariantCulture, $"backlog-{number}"))];
        CopyCatalogue();
        File.AppendAllText(Path.Combine(CatalogueFolder, "metrics.yaml"), string.Concat(Enumerable.Range(1, Metrics).Select(MetricText)));
        foreach (var (index, source) in Sources.Index())
        {
            File.WriteAllText(Path.Combine(CatalogueFolder, "sources", $"{source}.yaml"), SourceText(source, index + 1));
            var inbox = Directory.CreateDirectory(Path.Combine(DataFolder, "inbox", source));
            File.WriteAllBytes(Path.Combine(inbox.FullName, "week.csv"), Table(index));
        }
    }

    public IReadOnlyList<string> Sources { get; }

    public string CatalogueFolder => Path.Combine(folder.FullName, "catalogue");

    public string DataFolder => Path.Combine(folder.FullName, "data");

    public static string MetricOf(int number) => string.Create(CultureInfo.InvariantCulture, $"backlog-metric-{number}");

    /// <summary>The week's table of one source: whole numbers that differ from row to row and from source to source.</summary>
    public static byte[] Table(int source)
    {
        var text = new StringBuilder("as_at");
        for (var metric = 1; metric <= Metrics; metric++)
        {
            text.Append(CultureInfo.InvariantCulture, $",m{metric}");
        }

        for (var row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{FirstEnd.AddMinutes(15 * row):yyyy-MM-ddTHH:mm:ssZ}");
            for (var metric = 1; metric <= Metrics; metric++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{((source * 31) + (row * 7) + (metric * 13)) % 997}");
            }
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void CopyCatalogue()
    {
        var bundled = Path.Combine(AppContext.BaseDirectory, "catalogue");
        foreach (var file in Directory.GetFiles(bundled, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(CatalogueFolder, Path.GetRelativePath(bundled, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string MetricText(int number) => $"""
          - key: {MetricOf(number)}
            name: Backlog {number}
            description: Made up, for the benchmark.
            unit: patients
            serviceDomain: utc
            cadence: quarter-hour
            measure: snapshot
            polarity: low-is-good
            countsPeople: false
            reportedBy: [site]

        """;

    private static string SourceText(string source, int number) => $$"""
        key: {{source}}
        name: Backlog {{number}}
        publisher: Nobody
        landingPage: https://example.org/
        licence: made up
        simulated: false
        formatProven: true
        parser: table
        table:
          format: csv
          organisation: { code: BACK{{number}} }
          time: { field: as_at, format: iso }
          figures:
        {{string.Concat(Enumerable.Range(1, Metrics).Select(metric => $"    - {{ metric: {MetricOf(metric)}, field: m{metric} }}\n"))}}
        schedule: "*/15 * * * *"
        timeZone: Europe/London
        dueMinutesAfterPeriodEnd: 20
        maximumBytes: 20000000
        locations:
          - folder: "{data}/inbox/{{source}}"
            pattern: "*.csv"

        """;
}
