using System.Globalization;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsHub.Benchmarks.Storage;

/// <summary>The observation store beside a bare DuckDB.NET program.</summary>
internal static class StorageBenchmark
{
    private const double IngestGoal = 0.70;
    private const double ReadGoal = 1.5;

    public static async Task RunAsync(BenchmarkOptions options, Report report)
    {
        var workload = new Workload(options);
        var folder = Directory.CreateTempSubdirectory("metricshub-benchmark-");
        try
        {
            var hubPath = Path.Combine(folder.FullName, "hub.duckdb");
            var barePath = Path.Combine(folder.FullName, "bare.duckdb");
            using var bare = new BareDuckDb(barePath, workload.Series);
            using var file = DuckDbFile.Open(new DuckDbSettings(hubPath), TimeProvider.System, NullLogger<DuckDbFile>.Instance);
            var hub = new DuckDbObservationStore(file, TimeProvider.System, NullLogger<DuckDbObservationStore>.Instance);

            var releases = await IngestAsync(workload, hub, bare, report);
            await file.CheckpointAsync(CancellationToken.None);
            bare.Checkpoint();
            ReportSize(workload, hubPath, barePath, "disk, as it arrived", report);
            await CompactAsync(workload, hub, bare, report);
            ReportSize(workload, hubPath, barePath, "disk, sorted and rolled up", report);
            await CommitAsync(workload, hub, bare, releases, report);
            await ReadAsync(workload, hub, bare, report);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> IngestAsync(Workload workload, DuckDbObservationStore hub, BareDuckDb bare, Report report)
    {
        var ticks = workload.RowsPerCommit / workload.Series.Count;
        var (hubTimes, bareTimes) = (new Samples(), new Samples());
        var release = 0;
        for (var tick = 0; tick < workload.Ticks; tick += ticks)
        {
            release++;
            var statements = workload.Statements(tick, Math.Min(ticks, workload.Ticks - tick));
            var rows = bare.Rows(statements);
            await hubTimes.MeasureAsync(() => hub.AppendAsync(Workload.Release(release), statements, CancellationToken.None));
            await bareTimes.MeasureAsync(() => Task.Run(() => bare.Append(release, rows)));
        }

        var count = (double)workload.Ticks * workload.Series.Count;
        var (hubRate, bareRate) = (count / hubTimes.Total * 1000, count / bareTimes.Total * 1000);
        report.Add(
            string.Create(CultureInfo.InvariantCulture, $"bulk ingest, {count / 1e6:0.0} M rows, {workload.RowsPerCommit} per commit"),
            string.Create(CultureInfo.InvariantCulture, $"{hubRate / 1e6:0.00} M rows/s"),
            string.Create(CultureInfo.InvariantCulture, $"{bareRate / 1e6:0.00} M rows/s"),
            hubRate / bareRate,
            IngestGoal,
            higherIsBetter: true);
        report.AddTimes("one such commit, p50 / p99", hubTimes, bareTimes, goal: null);
        return release;
    }

    private static void ReportSize(Workload workload, string hub, string bare, string what, Report report)
    {
        var count = (double)workload.Ticks * workload.Series.Count;
        var (hubBytes, bareBytes) = (new FileInfo(hub).Length / count, new FileInfo(bare).Length / count);
        report.Add(
            what,
            string.Create(CultureInfo.InvariantCulture, $"{hubBytes:0.00} bytes/row"),
            string.Create(CultureInfo.InvariantCulture, $"{bareBytes:0.00} bytes/row"),
            hubBytes / bareBytes,
            goal: null);
    }

    private static async Task CompactAsync(Workload workload, DuckDbObservationStore hub, BareDuckDb bare, Report report)
    {
        var (hubTime, bareTime) = (new Samples(), new Samples());
        await hubTime.MeasureAsync(() => hub.CompactAsync(workload.End.AddDays(1), CancellationToken.None));
        await bareTime.MeasureAsync(() => Task.Run(bare.SortAndRollUp));
        report.AddTimes("compaction of it all", hubTime, bareTime, goal: null);
    }

    private static async Task CommitAsync(Workload workload, DuckDbObservationStore hub, BareDuckDb bare, int releases, Report report)
    {
        var (hubTick, bareTick) = (workload.Ticks, workload.Ticks);
        var prepared = Enumerable.Range(workload.Ticks, 600).ToDictionary(tick => tick, tick => workload.Statements(tick, 1));
        var rows = prepared.ToDictionary(entry => entry.Key, entry => bare.Rows(entry.Value));
        var (hubTimes, bareTimes) = await Samples.ByTurnsAsync(
            100,
            500,
            () => hub.AppendAsync(Workload.Release(++releases), prepared[hubTick++], CancellationToken.None),
            () => Task.Run(() => bare.Append(0, rows[bareTick++])));
        report.AddTimes($"one collection of {workload.Series.Count} rows, committed, p50 / p99", hubTimes, bareTimes, goal: null);
    }

    private static async Task ReadAsync(Workload workload, DuckDbObservationStore hub, BareDuckDb bare, Report report)
    {
        var (hubTimes, bareTimes) = await Samples.ByTurnsAsync(
            200,
            1000,
            () => hub.LatestAsync(SeriesSelection.All, CancellationToken.None),
            () => Task.Run(bare.Latest));
        report.AddTimes($"latest of {workload.Series.Count} series, p50 / p99", hubTimes, bareTimes, ReadGoal);

        var one = workload.Series[workload.Series.Count / 2];
        var year = new AggregateQuery(Selection([one]), workload.Start, workload.End, Step.Day);
        (hubTimes, bareTimes) = await Samples.ByTurnsAsync(
            200,
            500,
            () => hub.AggregateAsync(year, CancellationToken.None),
            () => Task.Run(() => bare.Steps("day", [bare.IdOf(one)], workload.Start, workload.End)));
        report.AddTimes("one series, a year by day, p50 / p99", hubTimes, bareTimes, ReadGoal);

        var site = workload.Series.Skip(40).Take(40).ToList();
        var quarter = new AggregateQuery(Selection(site), workload.End.AddDays(-90), workload.End, Step.Hour);
        (hubTimes, bareTimes) = await Samples.ByTurnsAsync(
            30,
            150,
            () => hub.AggregateAsync(quarter, CancellationToken.None),
            () => Task.Run(() => bare.Steps("hour", site.Select(bare.IdOf), quarter.From, quarter.To)));
        report.AddTimes("40 series, 90 days by hour, p50 / p99", hubTimes, bareTimes, ReadGoal);
    }

    private static SeriesSelection Selection(IReadOnlyCollection<SeriesKey> series) => new(
        new HashSet<MetricKey>(series.Select(key => key.Metric)), new HashSet<OrganisationCode>(series.Select(key => key.Organisation)));
}
