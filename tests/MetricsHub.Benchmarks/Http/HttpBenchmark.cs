using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Benchmarks.Http;

/// <summary>Requests a second, medians of the rounds.</summary>
/// <param name="Bytes">The length of the answer.</param>
/// <param name="NotModified">Asked on condition that it has changed, which it has not.</param>
/// <param name="Ratio">Of hub to bare, round by round.</param>
internal sealed record HttpRates(int Bytes, double Hub, double NotModified, double Bare, double Ratio, double NotModifiedRatio);

/// <summary>
/// The cached escalation answer beside Kestrel writing the same bytes with nothing else to do: each server on processor 0, wrk on
/// processor 1, in turn, after warming both for as long as tiered compilation takes on a busy core.
/// </summary>
internal static partial class HttpBenchmark
{
    private const string Path = "/api/v1/organisations/QUY/escalation?at=2025-12-31";
    private const int Samples = 39;
    private const int Rounds = 5;

    public static async Task RunAsync(Report report)
    {
        var rates = await MeasureAsync();
        report.Add(
            $"cached escalation answer, {rates.Bytes:N0} bytes, median of {Rounds}", Format(rates.Hub), Format(rates.Bare), rates.Ratio, 0.8, higherIsBetter: true);
        report.Add("the same, not modified since (304)", Format(rates.NotModified), Format(rates.Bare), rates.NotModifiedRatio, null, higherIsBetter: true);
    }

    public static async Task<HttpRates> MeasureAsync()
    {
        var folder = Directory.CreateTempSubdirectory("metricshub-benchmark-");
        try
        {
            using var hub = new ServerProcess(
                "http://127.0.0.1:5091",
                "0",
                System.IO.Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--urls", "http://127.0.0.1:5091", "--Storage:DataFolder", folder.FullName,
                "--Simulator:Start", "false", "--Simulator:Address", "");
            await hub.AskUntilAsync("/api/v1/publications?limit=1000", answer => Stored().Count(answer) == Samples);
            var answer = await hub.AskUntilAsync(Path, answer => answer.Contains("\"level\":3", StringComparison.Ordinal));
            var file = System.IO.Path.Combine(folder.FullName, "answer.json");
            await File.WriteAllTextAsync(file, answer);

            using var bare = new ServerProcess(
                "http://127.0.0.1:5092",
                "0",
                System.IO.Path.Combine(AppContext.BaseDirectory, "MetricsHub.Benchmarks.dll"), BareServer.Argument, file, "http://127.0.0.1:5092");
            await bare.AskUntilAsync(Path, bytes => bytes == answer);

            await LoadAsync(hub.Address, seconds: 20);
            await LoadAsync(bare.Address, seconds: 20);
            var rates = new List<(double Hub, double NotModified, double Bare)>();
            for (var round = 0; round < Rounds; round++)
            {
                rates.Add((
                    await LoadAsync(hub.Address, seconds: 5), await LoadAsync(hub.Address, seconds: 5, "If-None-Match: *"), await LoadAsync(bare.Address, seconds: 5)));
            }

            return new HttpRates(
                answer.Length,
                Median(rates.Select(rate => rate.Hub)), Median(rates.Select(rate => rate.NotModified)), Median(rates.Select(rate => rate.Bare)),
                Median(rates.Select(rate => rate.Hub / rate.Bare)), Median(rates.Select(rate => rate.NotModified / rate.Bare)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> LoadAsync(Uri server, int seconds, params string[] headers)
    {
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", "1", "wrk", "-t1", "-c32", $"-d{seconds}s", .. headers.SelectMany(header => (string[])["-H", header]), new Uri(server, Path).AbsoluteUri])
        {
            start.ArgumentList.Add(argument);
        }

        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk is missing: install Debian's package 'wrk'.");
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return Rate().Match(output) is { Success: true } match && !output.Contains("Non-2xx", StringComparison.Ordinal)
            ? double.Parse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"wrk measured nothing that counts; is Debian's package 'wrk' installed? It said: {output}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static string Format(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate:N0} requests/s");

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex("\"state\":\"stored\"")]
    private static partial Regex Stored();
}
