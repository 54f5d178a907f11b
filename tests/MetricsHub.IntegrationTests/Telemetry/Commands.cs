using System.Diagnostics;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>The hub's program, run for one command.</summary>
internal static class Commands
{
    /// <summary>A key made by the command on the data of a hub that is stopped.</summary>
    public static async Task<string> CreateKeyAsync(string dataFolder, string scopes, CancellationToken cancellationToken, params string[] settings)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "keys", "create", "--owner", "A test", "--scopes", scopes, "--expires", "1", "--Storage:DataFolder", dataFolder, .. settings])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = dataFolder,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output.TrimEnd().Split('\n')[^1] : throw new InvalidOperationException(output);
    }
}
