using System.Collections.Concurrent;
using System.Globalization;

namespace MetricsHub.Benchmarks.Dashboards;

/// <summary>How long refreshes and their queries took, by dashboard.</summary>
internal sealed class DashboardTimes
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> refreshes = new();
    private readonly ConcurrentDictionary<(string Dashboard, string Path), ConcurrentBag<double>> answers = new();
    private readonly ConcurrentBag<string> failures = [];
    private long bytes;

    public void Refreshed(string dashboard, TimeSpan took) => refreshes.GetOrAdd(dashboard, _ => []).Add(took.TotalMilliseconds);

    public void Answered(string dashboard, string path, TimeSpan took, int length, string? failure)
    {
        answers.GetOrAdd((dashboard, path), _ => []).Add(took.TotalMilliseconds);
        Interlocked.Add(ref bytes, length);
        if (failure is not null)
        {
            failures.Add(failure);
        }
    }

    /// <summary>A row for each dashboard, and one for all of them.</summary>
    public void Print(TextWriter output, string title, double goalMilliseconds)
    {
        output.WriteLine($"\n| {title} | queries | refreshes | p50 | p95 | p99 | slowest query, p95 | goal | met |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (dashboard, times) in refreshes.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var queries = answers.Where(entry => entry.Key.Dashboard == dashboard).ToList();
            var slowest = queries.Select(entry => (entry.Key.Path, P95: Percentile(entry.Value, 0.95))).MaxBy(entry => entry.P95);
            Row(dashboard, queries.Sum(entry => entry.Value.Count) / times.Count, [.. times], string.Create(CultureInfo.InvariantCulture, $"`{slowest.Path}` {slowest.P95:0} ms"));
        }

        Row("all", 0, [.. refreshes.Values.SelectMany(times => times)], "");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{answers.Values.Sum(times => times.Count):N0} answers, {bytes / 1_048_576.0:N1} MiB, {failures.Count} failed"));
        foreach (var failure in failures.Distinct().Order(StringComparer.Ordinal).Take(10))
        {
            output.WriteLine($"* {failure}");
        }

        void Row(string name, int queries, List<double> times, string slowest)
        {
            var p95 = Percentile(times, 0.95);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {(queries > 0 ? queries : "")} | {times.Count} | {Percentile(times, 0.5):0} ms | {p95:0} ms | {Percentile(times, 0.99):0} ms | {slowest} | ≤ {goalMilliseconds:0} ms p95 | {(p95 <= goalMilliseconds ? "yes" : "**no**")} |"));
        }
    }

    private static double Percentile(IEnumerable<double> times, double share)
    {
        var sorted = times.Order().ToList();
        return sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }
}
