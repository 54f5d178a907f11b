using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MetricsHub.IntegrationTests;

/// <summary>The hub as a user runs it: a process of its own, on a free loopback port, with real files.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException("The hub ended before it answered."));
    }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

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

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts a hub without a simulator beside it, unless the arguments ask for one.</summary>
    public static HubProcess Launch(string dataFolder, params string[] arguments) => LaunchUnder([], dataFolder, arguments);

    /// <summary>Starts a hub by another program, which is given the hub's command line after its own.</summary>
    public static HubProcess LaunchUnder(string[] program, string dataFolder, params string[] arguments)
    {
        string[] command =
        [
            .. program, "dotnet", Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--urls", "http://127.0.0.1:0", "--Storage:DataFolder", dataFolder,
            "--Simulator:Start", "false", "--Simulator:Address", "", .. arguments,
        ];
        return Launch(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = dataFolder });
    }

    /// <summary>Starts a hub just so.</summary>
    public static HubProcess Launch(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var hub = new HubProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        hub.process.Start();
        hub.process.BeginOutputReadLine();
        hub.process.BeginErrorReadLine();
        return hub;
    }

    /// <summary>Waits until the hub says where it answers.</summary>
    public async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            Http.BaseAddress = await address.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{exception.Message} It said:{Environment.NewLine}{Output}", exception);
        }
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        return process.ExitCode;
    }

    /// <summary>SIGKILL: the process gets no chance to put anything in order.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGSTOP, SIGCONT: the process stands still, and goes on as if nothing had been.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Http.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        if (AnswersAt().Match(line) is { Success: true } match)
        {
            address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"MetricsHub answers at (http://\S+)")]
    private static partial Regex AnswersAt();
}
