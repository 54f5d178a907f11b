using System.Diagnostics;
using System.Globalization;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>Runs what is to be done step by step, says so on the error stream, and ends a step that takes too long.</summary>
internal sealed class Steps(TimeSpan longest)
{
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>The step that runs, or ran last.</summary>
    public string Current { get; private set; } = "";

    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<T> RunAsync<T>(string name, Func<CancellationToken, Task<T>> work)
    {
        Current = name;
        using var limit = new CancellationTokenSource(longest, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        try
        {
            return await work(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"It took more than {longest.TotalMinutes:0} minutes.", exception);
        }
        finally
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds,5:0} s  {name}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
        }
    }

    public Task RunAsync(string name, Func<CancellationToken, Task> work) => RunAsync(name, async token =>
    {
        await work(token);
        return true;
    });
}
