using System.Diagnostics;

namespace MetricsHub.Benchmarks.Http;

/// <summary>A server in a process of its own, on one processor, so that the load has the other to itself.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    public ServerProcess(string address, params string[] command)
    {
        Address = new Uri(address);
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", "0", "dotnet", .. command])
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>Asks until the server answers as it should.</summary>
    public async Task<string> AskUntilAsync(string path, Func<string, bool> satisfied)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                var answer = await http.GetStringAsync(path, patience.Token);
                if (satisfied(answer))
                {
                    return answer;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                // Not listening yet, or not ready.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
