using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using MetricsHub.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>The alerts of a hub through a real Alertmanager, of Debian's package, set up as the repository says, to whoever is told.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private const int Sources = 100;

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<JsonElement> messages = new();
    private readonly HttpClient http = new();
    private WebApplication receiver = null!;
    private Process? alertmanager;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        receiver = builder.Build();
        receiver.Run(async context => messages.Enqueue((await JsonDocument.ParseAsync(context.Request.Body)).RootElement));
        await receiver.StartAsync(Cancellation);

        // As it is, but quicker.
        var configuration = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "ops", "prometheus", "alertmanager.yaml"), Cancellation);
        configuration = configuration.Replace("http://127.0.0.1:9095", receiver.Urls.Single(), StringComparison.Ordinal)
            .Replace("group_wait: 30s", "group_wait: 3s", StringComparison.Ordinal).Replace("group_interval: 5m", "group_interval: 1s", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "alertmanager.yaml"), configuration, Cancellation);
        http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        alertmanager = Process.Start(new ProcessStartInfo(
            Promtool.Find("prometheus-alertmanager"), ["--config.file=alertmanager.yaml", "--storage.path=data", $"--web.listen-address={http.BaseAddress.Authority}", "--cluster.listen-address="])
        {
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        })!;
        alertmanager.ErrorDataReceived += (_, _) => { };
        alertmanager.BeginErrorReadLine();
        await UntilAsync(IsReadyAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (alertmanager is { HasExited: false })
        {
            alertmanager.Kill();
            await alertmanager.WaitForExitAsync();
        }

        alertmanager?.Dispose();
        http.Dispose();
        await receiver.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Alerts_OfAHundredSources_AreOneMessageAndOneWhenTheyAreOver()
    {
        // As they come from Prometheus: just begun. What began longer ago than it waits is sent at once, and whatever comes a moment later apart.
        var began = TimeProvider.System.GetUtcNow();
        var overdue = Enumerable.Range(0, Sources).Select(number => Alert("SourceOverdue", $"source-{number}", began)).ToArray();
        await SendAsync(overdue);
        await SendAsync(overdue);
        await UntilAsync(() => Task.FromResult(!messages.IsEmpty));

        await SendAsync([.. Enumerable.Range(0, Sources).Select(number => Alert("SourceOverdue", $"source-{number}", began, TimeProvider.System.GetUtcNow()))]);
        await UntilAsync(() => Task.FromResult(messages.Any(message => message.GetProperty("status").GetString() == "resolved")));

        // Where it looks while it is still being told that they are over, it says so in two.
        var told = messages.Select(message => (message.GetProperty("status").GetString()!, message.GetProperty("alerts").GetArrayLength())).ToList();
        Assert.Equal(("firing", Sources), told[0]);
        Assert.Equal("resolved", told[^1].Item1);
        Assert.InRange(told.Count, 2, 3);
    }

    [Fact]
    public async Task Alerts_ThatOnlyRepeatWhatAnotherSays_AreNotSent()
    {
        var began = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await SendAsync([Alert("StoreAway", null, began), Alert("SourcePaused", "one", began)]);
        await UntilAsync(() => Task.FromResult(messages.Count == 2));
        await SendAsync([Alert("FiguresWait", "one", began), Alert("SourceFailing", "one", began), Alert("SourceFailing", "another", began)]);
        await UntilAsync(() => Task.FromResult(messages.Count == 3));

        var known = JsonElement.Parse(await http.GetStringAsync("/api/v2/alerts", Cancellation)).EnumerateArray()
            .ToLookup(alert => alert.GetProperty("status").GetProperty("state").GetString(), alert => alert.GetProperty("labels").GetProperty("alertname").GetString());
        Assert.Equal(["FiguresWait", "SourceFailing"], known["suppressed"].Order(StringComparer.Ordinal));
        Assert.Equal(
            ["SourceFailing another", "SourcePaused one", "StoreAway "],
            messages.SelectMany(message => message.GetProperty("alerts").EnumerateArray()).Select(alert => alert.GetProperty("labels"))
                .Select(labels => $"{labels.GetProperty("alertname")} {(labels.TryGetProperty("metricshub_source", out var source) ? source : "")}").Order(StringComparer.Ordinal));
    }

    private static object Alert(string name, string? source, DateTimeOffset began, DateTimeOffset? ended = null)
    {
        var labels = new Dictionary<string, string> { ["alertname"] = name };
        if (source is not null)
        {
            labels["metricshub_source"] = source;
        }

        return new { labels, startsAt = began, endsAt = ended ?? began.AddHours(1) };
    }

    private async Task SendAsync(object[] alerts)
    {
        using var answer = await http.PostAsJsonAsync("/api/v2/alerts", alerts, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await http.GetAsync("/-/ready", Cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
