using System.Diagnostics;
using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MetricsHub.Benchmarks.Collection;

/// <summary>
/// Catching up after a week: every source's file is collected by four workers, as the jobs do it, while a reader asks for a day of one
/// series over and over.
/// </summary>
internal static class BacklogBenchmark
{
    public const string Argument = "backlog";

    private const int Workers = 4;

    public static async Task RunAsync(int sources, TextWriter output)
    {
        var parsed = ParseRate();
        using var backlog = new Backlog(sources);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = backlog.DataFolder,
            [CatalogueSetup.FolderKey] = backlog.CatalogueFolder,
        }).Build();
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddCatalogue(configuration)
            .AddStorage(configuration)
            .AddCollection(configuration)
            .BuildServiceProvider();
        var (collector, store) = (provider.GetRequiredService<Collector>(), provider.GetRequiredService<IObservationStore>());

        using var caughtUp = new CancellationTokenSource();
        var reading = ReadAsync(store, caughtUp.Token);
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(backlog.Sources, new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (source, cancellation) =>
        {
            var result = await collector.CollectAsync(new SourceKey(source), cancellation);
            if (result is not { Outcome: RunOutcome.Succeeded, Stored: 1 })
            {
                throw new InvalidOperationException($"{source}: {result.Outcome}: {result.Message}");
            }
        });
        var took = Stopwatch.GetElapsedTime(start);
        await caughtUp.CancelAsync();
        var reads = await reading;

        using var process = Process.GetCurrentProcess();
        var observations = (long)sources * Backlog.Rows * Backlog.Metrics;
        output.WriteLine("| What | measured |");
        output.WriteLine("|---|---|");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a week's table parsed, one thread | {parsed / 1000:0} thousand cells a second |"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {sources} sources, {observations} observations archived, parsed and stored | {took.TotalSeconds:0.0} s, {observations / took.TotalSeconds / 1000:0} thousand a second |"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| a day of one series read meanwhile, p50 / p99 | {reads} |"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| most memory of the process | {process.PeakWorkingSet64 / 1e6:0} MB |"));
    }

    private static double ParseRate()
    {
        using var backlog = new Backlog(1);
        var catalogue = CatalogueLoader.Load(backlog.CatalogueFolder, new Parsers().Keys);
        var parser = new Parsers().For(catalogue.Sources[new SourceKey(backlog.Sources[0])]);
        var content = new PublicationContent(Backlog.Table(0), "week.csv", LinkText: null);
        var start = Stopwatch.GetTimestamp();
        var cells = 0L;
        for (var turn = 0; turn < 50; turn++)
        {
            start = turn == 10 ? Stopwatch.GetTimestamp() : start;
            cells += turn >= 10 ? parser.Parse(content).Statements.Count : parser.Parse(content).Statements.Count * 0;
        }

        return cells / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<Benchmarks.Samples> ReadAsync(IObservationStore store, CancellationToken cancellationToken)
    {
        var samples = new Benchmarks.Samples();
        var selection = new SeriesSelection(new HashSet<MetricKey> { new(Backlog.MetricOf(1)) }, new HashSet<OrganisationCode> { new("BACK1") });
        var query = new StatementQuery(selection, From: new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero), To: new DateTimeOffset(2026, 11, 17, 0, 0, 0, TimeSpan.Zero));
        do
        {
            await samples.MeasureAsync(() => store.ReadAsync(query, CancellationToken.None));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
        while (!cancellationToken.IsCancellationRequested);

        return samples;
    }
}
