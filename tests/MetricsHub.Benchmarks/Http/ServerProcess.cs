using System.Diagnostics;

namespace MetricsHub.Benchmarks.Http;

/// <summary>A server in a process of its own, on processors of its own where the load is to have the others to itself.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    /// <param name="processors">As taskset lists them: <c>0</c>, <c>0,1</c>.</param>
    public ServerProcess(string address, string processors, params string[] command)
    {
        Address = new Uri(address);
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", processors, "dotnet", .. command])
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

    public int Id => process.Id;

    /// <summary>Asks until the server answers as it should.</summary>
    public async Task<string> AskUntilAsync(string path, Func<string, bool> satisfied, TimeSpan? atMost = null)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var patience = new CancellationTokenSource(atMost ?? TimeSpan.FromMinutes(2));
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
