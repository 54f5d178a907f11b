using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hangfire;
using Hangfire.InMemory;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Escalation;
using MetricsHub.Jobs;
using MetricsHub.Storage;
using MetricsHub.Tests.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>The API with real stores in a temporary folder, on a loopback port of its own; a source takes pushes. Its clock stands still.</summary>
internal sealed class PushHost : IAsyncDisposable
{
    private readonly CatalogueFolder catalogue = new();
    private readonly TemporaryFolder data = new();
    private readonly InMemoryStorage jobs = new();
    private WebApplication app = null!;

    private PushHost() => PushSystem.WriteTo(catalogue);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public static async Task<PushHost> StartAsync(Action<IServiceCollection>? replace = null)
    {
        var host = new PushHost();
        await host.LaunchAsync(replace);
        return host;
    }

    /// <summary>Stops the hub and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await LaunchAsync(null);
    }

    public Task<HttpResponseMessage> PushAsync(string key, string body, string mediaType = "application/json") =>
        PushAsync(key, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } });

    public Task<HttpResponseMessage> PushAsync(string? key, HttpContent content, string query = $"?source={PushSystem.Key}")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/observations{query}") { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer to a push that has to be taken in.</summary>
    public async Task<JsonElement> PushedAsync(string key, string body, string mediaType = "application/json")
    {
        using var response = await PushAsync(key, body, mediaType);
        var text = await response.TextAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public async Task<JsonElement> GetJsonAsync(string address) =>
        JsonElement.Parse(await Client.GetStringAsync(address, TestContext.Current.CancellationToken));

    /// <summary>Every current figure of a metric: organisation, start of the period, figure.</summary>
    public async Task<string[]> FiguresAsync(string metric) =>
    [
        .. (await GetJsonAsync($"/api/v1/observations?metric={metric}&limit=1000")).GetProperty("items").EnumerateArray()
            .Select(item => $"{item.GetProperty("organisation")} {item.GetProperty("periodStart")} {item.GetProperty("value")}{item.GetProperty("absence")}"),
    ];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        catalogue.Dispose();
        data.Dispose();
        jobs.Dispose();
    }

    private async Task LaunchAsync(Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = data.PathOf("data"),
            [CatalogueSetup.FolderKey] = catalogue.Path,
            [PushSystem.Setting.Key] = PushSystem.Setting.Value,
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddCatalogue(builder.Configuration).AddStorage(builder.Configuration).AddCollection(builder.Configuration).AddEscalation().AddApi();
        builder.Services.AddSingleton<IBackgroundJobClient>(new BackgroundJobClient(jobs)).AddSingleton<Evaluations>();
        replace?.Invoke(builder.Services);
        app = builder.Build();
        app.UseApi();
        app.MapApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
