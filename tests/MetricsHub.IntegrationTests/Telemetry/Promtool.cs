using System.Diagnostics;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>The programs of Debian's package prometheus.</summary>
internal static class Promtool
{
    /// <param name="input">What it is given to read; null for nothing.</param>
    /// <returns>How it ended, and all that it said.</returns>
    public static async Task<(int Code, string Said)> RunAsync(string? input, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Find("promtool"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        var texts = await said.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, string.Concat(texts));
    }

    public static string Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{program} is missing: install Debian's packages 'prometheus' and 'prometheus-alertmanager' (./test.sh --install does).");
}
