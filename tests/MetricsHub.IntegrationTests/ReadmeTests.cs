using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MetricsHub.IntegrationTests;

/// <summary>What the README tells a reader to type, typed.</summary>
public sealed class ReadmeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder clone = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => clone.Dispose();

    [Fact]
    public async Task Readme_AddAProvidersFeed_LeadsToTheFigures()
    {
        await RunAsync("prepare", hub: null);
        await using var hub = HubProcess.Launch(Path.Combine(clone.Path, "data"));
        await hub.WaitUntilItAnswersAsync(Cancellation);

        var figures = await AskUntilAnsweredAsync(hub);

        Assert.Equal(
            [("walk-in-longest-wait", "RTP", 90), ("walk-in-patients-waiting", "RTP", 14)],
            figures.Select(figure => (figure.GetProperty("metric").GetString(), figure.GetProperty("organisation").GetString(), figure.GetProperty("value").GetDouble())));
        Assert.Equal(TimeSpan.FromMinutes(15), figures[0].GetProperty("periodEnd").GetDateTimeOffset() - figures[0].GetProperty("periodStart").GetDateTimeOffset());
    }

    /// <summary>The hub collects a new source by itself; that takes a moment.</summary>
    private async Task<JsonElement[]> AskUntilAnsweredAsync(HubProcess hub)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (true)
        {
            var answer = JsonElement.Parse(await RunAsync("ask", hub.Http.BaseAddress));
            if (answer.TryGetProperty("items", out var items) && items.GetArrayLength() > 0)
            {
                return [.. items.EnumerateArray()];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, patience.Token);
        }
    }

    private async Task<string> RunAsync(string part, Uri? hub)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = clone.Path,
            ArgumentList = { Path.Combine(Root(), "tests", "readme-feed.sh"), Path.Combine(Root(), "README.md"), part },
        };
        if (hub is not null)
        {
            start.Environment["HUB"] = hub.GetLeftPart(UriPartial.Authority);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MetricsHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("MetricsHub.sln stands in no folder above the tests.");
        }

        return folder.FullName;
    }
}
