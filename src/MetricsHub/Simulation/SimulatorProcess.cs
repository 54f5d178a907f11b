using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace MetricsHub.Simulation;

/// <summary>
/// The simulator, run as a process beside the hub. It ends when its standard input does, so that a hub that is killed leaves none
/// behind. A simulator that does not start is not the end of the hub: its sources read as failing, as those of any other publisher would.
/// </summary>
internal sealed partial class SimulatorProcess(IOptions<SimulationOptions> options, ILogger<SimulatorProcess> logger) : IHostedService, IDisposable
{
    private const string Name = "MetricsHub.Simulator";
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;
    private volatile bool stopping;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var address = options.Value.Address;
        process = new Process { StartInfo = StartInfo(address), EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data, address);
        process.ErrorDataReceived += (_, line) => LogSaid(line.Data);
        process.Exited += (_, _) => Ended();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            // Its sources are collected at once; without the wait the first run of each would find nobody.
            await answers.Task.WaitAsync(TimeToStart, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogSilent(address, TimeToStart.TotalSeconds);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        if (process is null or { HasExited: true })
        {
            return;
        }

        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeToEnd, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            process.Kill();
        }
    }

    public void Dispose() => process?.Dispose();

    private static ProcessStartInfo StartInfo(string address)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Name);
        var start = File.Exists(program)
            ? new ProcessStartInfo(program)
            : new ProcessStartInfo("dotnet") { ArgumentList = { program + ".dll" } };
        foreach (var argument in new[] { "--urls", address, "--stop-with-stdin" })
        {
            start.ArgumentList.Add(argument);
        }

        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        return start;
    }

    private void Read(string? line, string address)
    {
        if (line?.Contains(address, StringComparison.Ordinal) is true && answers.TrySetResult())
        {
            LogAnswersAt(address);
        }
    }

    private void Ended()
    {
        answers.TrySetResult();
        if (!stopping)
        {
            LogEnded();
        }
    }

    private void LogSaid(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            LogError(line);
        }
    }

    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "The simulator answers at {Address}; its figures are made up and marked so (Simulator:Start=false leaves it out)")]
    private partial void LogAnswersAt(string address);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "The simulator at {Address} did not answer within {Seconds} seconds; its sources will read as failing")]
    private partial void LogSilent(string address, double seconds);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "The simulator has ended; its sources will read as failing")]
    private partial void LogEnded();

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "The simulator says: {Line}")]
    private partial void LogError(string line);
}
