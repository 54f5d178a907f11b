using System.Diagnostics;

namespace MetricsHub.IntegrationTests;

/// <summary>A real browser without a window.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Opens a page, lets its scripts run, and gives back the document as a person's browser then holds it.</summary>
    public static Task<string> ReadDocumentAsync(Uri page, CancellationToken cancellationToken) =>
        RunAsync(["--dump-dom", "--virtual-time-budget=10000", page.AbsoluteUri], cancellationToken);

    private static async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(Find())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.Path}",
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(90), cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"Chromium ended with {process.ExitCode}: {await errors}");
    }

    private static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is missing: install Debian's package 'chromium' (./test.sh --install does).");
}
