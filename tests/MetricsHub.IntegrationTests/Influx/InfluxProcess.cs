using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MetricsHub.IntegrationTests;

/// <summary>A real influxd of Debian's package, on free loopback ports, with its files in a temporary folder.</summary>
internal sealed class InfluxProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private readonly StringBuilder output = new();
    private readonly int port;
    private Process? process;

    private InfluxProcess(int port, int backupPort, string moreHttp)
    {
        this.port = port;
        File.WriteAllText(Path.Combine(folder.Path, "influxdb.conf"), FormattableString.Invariant(
            $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{backupPort}"
            [meta]
              dir = "{folder.Path}/meta"
            [data]
              dir = "{folder.Path}/data"
              wal-dir = "{folder.Path}/wal"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
              {moreHttp}
            [logging]
              level = "warn"
            """));
    }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    /// <summary>Starts one that answers, and leaves none behind where that fails.</summary>
    /// <param name="moreHttp">Further lines of the section [http] of its configuration.</param>
    /// <param name="prepare">What is done with it before it is used.</param>
    public static async Task<InfluxProcess> StartAsync(string moreHttp, Func<InfluxProcess, Task> prepare, CancellationToken cancellationToken)
    {
        var ports = FreePorts();
        var influx = new InfluxProcess(ports[0], ports[1], moreHttp);
        try
        {
            await influx.StartAsync(cancellationToken);
            await prepare(influx);
            return influx;
        }
        catch
        {
            await influx.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, with what it had.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo(Find())
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                ArgumentList = { "-config", Path.Combine(folder.Path, "influxdb.conf") },
            },
        };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilItAnswersAsync(cancellationToken);
    }

    /// <summary>SIGKILL.</summary>
    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }

        folder.Dispose();
    }

    private static int[] FreePorts()
    {
        TcpListener[] listeners = [new(IPAddress.Loopback, 0), new(IPAddress.Loopback, 0)];
        Array.ForEach(listeners, listener => listener.Start());
        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
            .Select(path => Path.Combine(path, "influxd"))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("influxd is missing: install Debian's package 'influxdb' (./test.sh --install does), or name another server by METRICSHUB_TEST_INFLUX_URL.");

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/ping"), patience.Token);
                return;
            }
            catch (HttpRequestException) when (!process!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
            catch (HttpRequestException exception)
            {
                throw new InvalidOperationException($"influxd ended before it answered. It said:{Environment.NewLine}{Said()}", exception);
            }
        }
    }

    private string Said()
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    private void Read(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
