using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>A real Prometheus of Debian's package, on a free loopback port, with its files in a temporary folder, that asks one hub every two seconds.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly StringBuilder output = new();
    private readonly HttpClient http;
    private readonly Process process;

    private PrometheusProcess(Uri hub, string? key, string rules)
    {
        var port = FreePort();
        var authorization = "";
        if (key is not null)
        {
            File.WriteAllText(Path.Combine(folder.Path, "hub.key"), key);
            authorization = "authorization: { credentials_file: hub.key }";
        }

        File.WriteAllText(Path.Combine(folder.Path, "prometheus.yaml"), $$"""
            global: { scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s }
            rule_files: ["{{rules}}"]
            scrape_configs:
              - job_name: metricshub
                {{authorization}}
                static_configs: [{ targets: ["{{hub.Authority}}"] }]
              - job_name: itself
                static_configs: [{ targets: ["127.0.0.1:{{port}}"] }]
            """);
        http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        process = Process.Start(new ProcessStartInfo(
            Promtool.Find("prometheus"),
            ["--config.file=prometheus.yaml", "--storage.tsdb.path=data", string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        })!;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <param name="key">What it shows the hub; null for nothing.</param>
    /// <param name="rules">A file of alert rules.</param>
    public static PrometheusProcess Start(Uri hub, string? key, string rules) => new(hub, key, rules);

    /// <summary>The value of a query that gives one; null where it gives none.</summary>
    public async Task<double?> AskAsync(string query, CancellationToken cancellationToken)
    {
        var data = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellationToken);
        return data.GetProperty("result").EnumerateArray().ToList() is [var only] ? double.Parse(only.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The health of every rule: ok, unknown before it was evaluated, or err.</summary>
    public async Task<List<string>> RuleHealthAsync(CancellationToken cancellationToken) =>
    [
        .. (await GetAsync("/api/v1/rules", cancellationToken)).GetProperty("groups").EnumerateArray()
            .SelectMany(group => group.GetProperty("rules").EnumerateArray()).Select(rule => rule.GetProperty("health").GetString()!),
    ];

    /// <summary>Waits until it answers, and then for a condition.</summary>
    public async Task WaitAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await HoldsAsync(condition))
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"What was waited for did not come. Prometheus said:{Environment.NewLine}{Output}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        http.Dispose();
        folder.Dispose();
    }

    private static async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            // It does not listen yet, or is not ready.
            return false;
        }
    }

    private async Task<JsonElement> GetAsync(string address, CancellationToken cancellationToken) =>
        JsonElement.Parse(await http.GetStringAsync(address, cancellationToken)).GetProperty("data");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Read(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
