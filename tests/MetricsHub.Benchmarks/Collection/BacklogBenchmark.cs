using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Benchmarks.Http;

namespace MetricsHub.Benchmarks.Collection;

/// <summary>
/// A week's backlog of 500 feeds with 20 metrics every quarter of an hour, 6.7 million observations, taken in by a hub that starts
/// empty: how long until all of it is stored, how quickly the API answers meanwhile, and how much memory it takes.
/// </summary>
internal static partial class BacklogBenchmark
{
    public const string Argument = "backlog";
    private const int Feeds = 500;
    private const string Address = "http://127.0.0.1:5093";

    /// <summary>Two answers that are made anew: that of a dashboard, and a list that no earlier answer can serve.</summary>
    private static readonly string[] Questions = ["/api/v1/organisations/QUY/escalation?at=2025-12-31", "/api/v1/observations/latest?metric=load-metric-7&limit=100"];

    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("metricshub-backlog-");
        try
        {
            await using var server = await FeedServer.StartAsync(_ => false);
            var catalogue = Path.Combine(folder.FullName, "catalogue");
            FeedCatalogue.Write(catalogue, server.Address, Feeds, "*/15 * * * *");

            var start = Stopwatch.GetTimestamp();
            using var hub = new ServerProcess(
                Address, "0,1", Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--urls", Address, "--Storage:DataFolder", folder.FullName,
                "--Catalogue:Folder", catalogue, "--Simulator:Start", "false");
            await hub.AskUntilAsync("/health/live", _ => true);
            using var done = new CancellationTokenSource();
            var asking = AskAsync(hub.Address, done.Token);
            await hub.AskUntilAsync("/api/v1/publications?limit=1000", answer => LoadStored().Count(answer) >= Feeds, TimeSpan.FromMinutes(15));
            var took = Stopwatch.GetElapsedTime(start);
            await done.CancelAsync();
            var (answers, failures) = await asking;

            var observations = (long)Feeds * FeedCatalogue.MetricsPerFeed * FeedServer.BacklogSlots;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"backlog of {observations:N0} observations from {Feeds} feeds: {took.TotalSeconds:0} s ({observations / took.TotalSeconds:N0}/s), "
                + $"peak memory {PeakMegabytes(hub.Id):N0} MB; meanwhile {answers.Count} API answers, p50 / p99 {answers}, {failures} failed"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(Samples Answers, int Failures)> AskAsync(Uri hub, CancellationToken cancellationToken)
    {
        var (answers, failures) = (new Samples(), 0);
        using var http = new HttpClient { BaseAddress = hub };
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var question in Questions)
            {
                await answers.MeasureAsync(async () =>
                {
                    using var response = await http.GetAsync(question, CancellationToken.None);
                    failures += response.IsSuccessStatusCode ? 0 : 1;
                });
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (answers, failures);
    }

    private static long PeakMegabytes(int process) =>
        long.Parse(PeakMemory().Match(File.ReadAllText($"/proc/{process}/status")).Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) / 1024;

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB")]
    private static partial Regex PeakMemory();

    [GeneratedRegex("\"source\":\"load-\\d+\".*?\"state\":\"stored\"")]
    private static partial Regex LoadStored();
}
