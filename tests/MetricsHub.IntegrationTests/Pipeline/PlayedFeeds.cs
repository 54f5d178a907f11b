using System.Diagnostics;
using System.Globalization;

namespace MetricsHub.IntegrationTests.Pipeline;

/// <summary>The simulator, with a seed and a clock that stands still: whoever asks it, and whenever, gets the same bytes.</summary>
internal sealed class PlayedFeeds : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private PlayedFeeds(Process process, DateTimeOffset now, string address)
    {
        this.process = process;
        Now = now;
        Address = address;
    }

    /// <summary>What its clock says: the last quarter of an hour that had ended when it was started.</summary>
    public DateTimeOffset Now { get; }

    public string Address { get; }

    public static async Task<PlayedFeeds> StartAsync(int seed, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System.GetUtcNow();
        var now = clock.AddTicks(-(clock.Ticks % TimeSpan.FromMinutes(15).Ticks));
        var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "MetricsHub.Simulator.dll"), "--urls", "http://127.0.0.1:0", "--seed", seed.ToString(CultureInfo.InvariantCulture),
                "--now", now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), "--stop-with-stdin",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var said = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken) ?? "";
            return new PlayedFeeds(process, now, said[said.IndexOf("http://", StringComparison.Ordinal)..]);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
