using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MetricsHub.Benchmarks.Http;

namespace MetricsHub.Benchmarks.Dashboards;

/// <summary>
/// Dashboards as Grafana refreshes them: a hub with the simulated system's figures of the last days, asked by many dashboards every half
/// minute, each for all that is on it at once and with a key; then by all of them in step. How long until a dashboard has its last answer.
/// </summary>
internal static partial class DashboardsBenchmark
{
    public const string Argument = "dashboards";

    private const string SimulatedSystem = "SIM";
    private const string Address = "http://127.0.0.1:5094";
    private const string SimulatorAddress = "http://127.0.0.1:5095";
    private const int Feeds = 23;
    private const int Bursts = 5;
    private const double Goal = 300;
    private static readonly TimeSpan Rhythm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToFill = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(DashboardsOptions options, TextWriter output)
    {
        var dashboards = DashboardFile.ReadAll(options.Folder);
        var folder = Directory.CreateTempSubdirectory("metricshub-dashboards-");
        try
        {
            using var simulator = new ServerProcess(SimulatorAddress, "0,1", Path.Combine(AppContext.BaseDirectory, "MetricsHub.Simulator.dll"), "--urls", SimulatorAddress);
            await simulator.AskUntilAsync("/health", _ => true);
            await using var history = await LongerHistory.StartAsync(simulator.Address, options.Days + 1);
            var key = await CreateKeyAsync(folder.FullName);
            var start = Stopwatch.GetTimestamp();
            using var hub = new ServerProcess(
                Address, "0,1", Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--urls", Address, "--Storage:DataFolder", folder.FullName,
                "--Simulator:Start", "false", "--Simulator:Address", history.Address.AbsoluteUri, "--Access:Mode", "keys", "--Access:RequestsPerMinute", "6000");

            // As the Infinity data source asks; nothing is unpacked, which would be this process's work and not the hub's.
            using var http = new HttpClient { BaseAddress = hub.Address };
            http.DefaultRequestHeaders.Add("X-Api-Key", key);
            http.DefaultRequestHeaders.Add("Accept", "application/json;q=0.9,text/plain");
            await FillAsync(http, hub);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Days} days of {Feeds} feeds collected and evaluated in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
            http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
            await LoadAsync(options, dashboards, http, hub.Id, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task LoadAsync(DashboardsOptions options, IReadOnlyList<DashboardFile> dashboards, HttpClient hub, int process, TextWriter output)
    {
        var (warmUp, steady, inStep) = (new DashboardTimes(), new DashboardTimes(), new DashboardTimes());
        var chosen = new List<IReadOnlyDictionary<string, string>>();
        foreach (var dashboard in dashboards)
        {
            using var plain = new HttpClient { BaseAddress = hub.BaseAddress };
            plain.DefaultRequestHeaders.Add("X-Api-Key", hub.DefaultRequestHeaders.GetValues("X-Api-Key"));
            chosen.Add(await DashboardReader.ChooseAsync(dashboard, SimulatedSystem, plain, options.Days));
        }

        DashboardReader[] Readers(DashboardTimes times) =>
            [.. Enumerable.Range(0, options.Readers).Select(reader => (Index: reader % dashboards.Count, reader)).Select(entry => new DashboardReader(dashboards[entry.Index], chosen[entry.Index], hub, options.Days, times))];

        // A hub that runs has compiled its code; one round, one after the other.
        foreach (var reader in Readers(warmUp))
        {
            await reader.RefreshAsync();
        }

        var (busy, start) = (ProcessorTime(process), Stopwatch.GetTimestamp());
        var turns = options.Minutes * 60 / (int)Rhythm.TotalSeconds;
        await Task.WhenAll(Readers(steady).Select(async (reader, number) =>
        {
            // Spread over the half minute: nobody opens dashboards in step.
            await Task.Delay(Rhythm * number / options.Readers, TimeProvider.System);
            using var timer = new PeriodicTimer(Rhythm);
            for (var turn = 0; turn < turns; turn++)
            {
                await reader.RefreshAsync();
                await timer.WaitForNextTickAsync();
            }
        }));
        var share = (ProcessorTime(process) - busy) / Stopwatch.GetElapsedTime(start);
        steady.Print(output, string.Create(CultureInfo.InvariantCulture, $"{options.Readers} dashboards, each every {Rhythm.TotalSeconds:0} s for {options.Minutes} min, {options.Days} days shown"), Goal);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nhub: {share * 100:0} % of one processor, {Memory(process, "VmRSS")} MiB now, {Memory(process, "VmHWM")} MiB at its peak"));

        var readers = Readers(inStep);
        for (var burst = 0; burst < Bursts; burst++)
        {
            await Task.WhenAll(readers.Select(reader => reader.RefreshAsync()));
        }

        inStep.Print(output, string.Create(CultureInfo.InvariantCulture, $"{options.Readers} dashboards in step, {Bursts} times"), Goal);
    }

    private static async Task FillAsync(HttpClient http, ServerProcess hub)
    {
        using var patience = new CancellationTokenSource(TimeToFill);
        while (!await IsFilledAsync(http, hub))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<bool> IsFilledAsync(HttpClient http, ServerProcess hub)
    {
        try
        {
            using var sources = JsonDocument.Parse(await http.GetStringAsync("/api/v1/sources"));
            var collected = sources.RootElement.GetProperty("items").EnumerateArray()
                .Count(source => source.GetProperty("simulated").GetBoolean() && source.TryGetProperty("lastSuccess", out var run) && run.ValueKind == JsonValueKind.Object);
            using var evaluation = JsonDocument.Parse(await http.GetStringAsync("/api/v1/evaluation"));
            var states = evaluation.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString()).ToList();
            return states.Contains("failed") ? throw new InvalidOperationException("The evaluation failed.")
                : collected >= Feeds && states.TrueForAll(state => state == "up-to-date");
        }
        catch (HttpRequestException) when (Process.GetProcessById(hub.Id) is { HasExited: false })
        {
            return false;
        }
    }

    private static async Task<string> CreateKeyAsync(string folder)
    {
        string[] create =
        [
            Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "keys", "create", "--owner", "Dashboards", "--scopes", "read", "--expires", "1",
            "--Storage:DataFolder", folder, "--Simulator:Start", "false",
        ];
        using var command = Process.Start(new ProcessStartInfo("dotnet", create) { RedirectStandardOutput = true })!;
        var said = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0 ? said.TrimEnd().Split('\n')[^1] : throw new InvalidOperationException("No key could be made.");
    }

    private static TimeSpan ProcessorTime(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime;
    }

    private static long Memory(int process, string what) =>
        long.Parse(Kilobytes().Matches(File.ReadAllText($"/proc/{process}/status")).Single(match => match.Groups[1].Value == what).Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) / 1024;

    [GeneratedRegex(@"^(\w+):\s+(\d+) kB", RegexOptions.Multiline)]
    private static partial Regex Kilobytes();
}
