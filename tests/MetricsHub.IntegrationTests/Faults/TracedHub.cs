using System.Diagnostics;
using System.Globalization;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// A hub whose system calls can be made to fail by strace, for a while. A process may be traced by the one that started it without being
/// root: so a shell starts the hub, and becomes strace when it is time.
/// </summary>
internal sealed class TracedHub : IAsyncDisposable
{
    private const string ShellThatBecomesStrace =
        """
        "$@" &
        echo $! > "$CONTROL/pid.unfinished" && mv "$CONTROL/pid.unfinished" "$CONTROL/pid"
        until [ -e "$CONTROL/fault" ]; do sleep 0.05; done
        exec strace -f -qq -o "$CONTROL/calls" $(cat "$CONTROL/fault") -p $(cat "$CONTROL/pid")
        """;

    private const string Nobody = "TracerPid:\t0";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder control;
    private readonly HubProcess shell;
    private readonly Process hub;

    private TracedHub(TemporaryFolder control, HubProcess shell, Process hub)
    {
        this.control = control;
        this.shell = shell;
        this.hub = hub;
    }

    public HubProcess Hub => shell;

    private string Calls => Path.Combine(control.Path, "calls");

    public static async Task<TracedHub> LaunchAsync(string dataFolder, string[] arguments, CancellationToken cancellationToken)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "strace"))))
        {
            throw new InvalidOperationException("strace is missing: install Debian's package 'strace' (./test.sh --install does).");
        }

        var control = new TemporaryFolder();
        var shell = HubProcess.LaunchUnder(["env", $"CONTROL={control.Path}", "sh", "-c", ShellThatBecomesStrace, "sh"], dataFolder, arguments);
        await shell.WaitUntilItAnswersAsync(cancellationToken);
        var id = int.Parse(await File.ReadAllTextAsync(Path.Combine(control.Path, "pid"), cancellationToken), CultureInfo.InvariantCulture);
        return new TracedHub(control, shell, Process.GetProcessById(id));
    }

    /// <summary>From now on system calls fail.</summary>
    /// <param name="fault">In strace's words: which calls, with which error.</param>
    public async Task BreakAsync(string fault, CancellationToken cancellationToken)
    {
        var written = Path.Combine(control.Path, "fault.unfinished");
        await File.WriteAllTextAsync(written, fault, cancellationToken);
        File.Move(written, Path.Combine(control.Path, "fault"));
        await Waiting.UntilAsync(
            "strace has every thread of the hub (where kernel.yama.ptrace_scope is above 1 that takes CAP_SYS_PTRACE)",
            () => Task.FromResult(Threads().All(tracer => tracer != Nobody)), Patience, () => shell.Output, cancellationToken);
    }

    /// <summary>From now on they do not; returns how many did.</summary>
    public async Task<int> MendAsync(CancellationToken cancellationToken)
    {
        // Not awaited as a process is: the hub still has its output.
        using (var strace = Process.GetProcessById(shell.Id))
        {
            strace.Kill();
        }

        await Waiting.UntilAsync(
            "strace is gone", () => Task.FromResult(Threads().All(tracer => tracer == Nobody)), Patience, () => shell.Output, cancellationToken);
        return (await File.ReadAllLinesAsync(Calls, cancellationToken)).Count(line => line.EndsWith("(INJECTED)", StringComparison.Ordinal));
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        hub.Kill();
        await Waiting.UntilAsync("the hub is gone", () => Task.FromResult(!Directory.Exists($"/proc/{Id}") || IsDead()), Patience, () => shell.Output, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!hub.HasExited)
        {
            hub.Kill();
        }

        hub.Dispose();
        await shell.DisposeAsync();
        control.Dispose();
    }

    private string Id => hub.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Who traces each of the hub's threads.</summary>
    private List<string> Threads()
    {
        var tracers = new List<string>();
        foreach (var thread in Directory.GetDirectories($"/proc/{Id}/task"))
        {
            try
            {
                tracers.Add(File.ReadLines(Path.Combine(thread, "status")).First(line => line.StartsWith("TracerPid:", StringComparison.Ordinal)));
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
            }
        }

        return tracers;
    }

    /// <summary>Nobody waits for it after its shell has gone, where the first process of the machine is not one that does.</summary>
    private bool IsDead()
    {
        try
        {
            return File.ReadLines($"/proc/{Id}/status").Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return true;
        }
    }
}
