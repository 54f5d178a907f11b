using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>A server that the comparison started, on a free loopback port, with its files in a folder of its own; and what it takes of the machine.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private const int LinesKept = 30;
    private const int Attempts = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Queue<string> said = new();

    private PeerProcess(string program, Uri address, string folder, IEnumerable<string> arguments)
    {
        (Address, Folder) = (address, folder);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public string Folder { get; }

    /// <summary>Processor time since its start, in the program and in the kernel for it.</summary>
    public TimeSpan Processor
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>The largest resident memory so far, in bytes.</summary>
    public long PeakMemory => 1024 * Number(File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <param name="ready">The path that answers with success when the server can be used.</param>
    public static async Task<PeerProcess> StartAsync(
        string program, Func<Uri, IEnumerable<string>> arguments, string folder, string ready, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
        var peer = new PeerProcess(program, address, folder, arguments(address));
        try
        {
            await peer.WaitUntilReadyAsync(ready, cancellationToken);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The size of the files below a folder of it, in bytes.</summary>
    public long SizeOf(string part)
    {
        var folder = new DirectoryInfo(Path.Combine(Folder, part));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // A server that puts its files in order deletes one while they are counted: they are counted once more.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Start()
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message} The comparison needs Debian's packages 'influxdb' and 'victoria-metrics'.", exception);
        }
    }

    private async Task WaitUntilReadyAsync(string ready, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(ready, patience.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not listening yet.
            }
            catch (HttpRequestException exception)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended before it answered. It said: {Said()}", exception);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private string Said()
    {
        lock (said)
        {
            return string.Join(Environment.NewLine, said);
        }
    }

    private void Keep(string? line)
    {
        lock (said)
        {
            said.Enqueue(line ?? "");
            while (said.Count > LinesKept)
            {
                said.Dequeue();
            }
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
