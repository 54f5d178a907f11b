using System.Globalization;
using MetricsHub.Access;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Escalation;
using MetricsHub.Jobs;
using MetricsHub.Moving;
using MetricsHub.Pages;
using MetricsHub.Storage;
using MetricsHub.Telemetry;
using MetricsHub.Tests.Catalogue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>All that the hub answers, on a loopback port, with real stores and keys asked for. Its clock stands still.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly CatalogueFolder catalogue = new();
    private readonly TemporaryFolder data = new();
    private WebApplication app = null!;

    private AccessHost() => PushSystem.WriteTo(catalogue);

    public FakeTimeProvider Clock { get; } = new(Start);

    public LogListener Log { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public ILedger Ledger => Services.GetRequiredService<ILedger>();

    public static async Task<AccessHost> StartAsync(params IReadOnlyList<(string Key, string Value)> settings)
    {
        var host = new AccessHost();
        await host.LaunchAsync(settings);
        return host;
    }

    /// <summary>A key that was given out, whole.</summary>
    public async Task<string> KeyAsync(string scopes, string? organisations = null, string? sources = null, int days = 30)
    {
        var order = new KeyOrder("A test", scopes.Split(','), organisations?.Split(','), sources?.Split(','), Clock.GetUtcNow().AddDays(days));
        Assert.Empty(order.Faults(Services.GetRequiredService<HubCatalogue>(), Clock.GetUtcNow()));
        return (await Services.GetRequiredService<KeyIssuer>().IssueAsync(order, "a test", TestContext.Current.CancellationToken)).Text;
    }

    public Task<HttpResponseMessage> GetAsync(string address, string? key = null) => SendAsync(HttpMethod.Get, address, key);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, string? key, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        if (key is not null)
        {
            var isKey = key.StartsWith(KeyText.Prefix, StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(isKey ? Recogniser.KeyHeader : "Authorization", isKey ? key : $"Bearer {key}");
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static string IdOf(string key) => key.Split('_')[1];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        catalogue.Dispose();
        data.Dispose();
    }

    private async Task LaunchAsync(IReadOnlyList<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = data.PathOf("data"),
            [CatalogueSetup.FolderKey] = catalogue.Path,
            [PushSystem.Setting.Key] = PushSystem.Setting.Value,
            ["Access:Mode"] = "keys",
            ["Access:UnrecognisedPerMinute"] = 10_000.ToString(CultureInfo.InvariantCulture),
        });
        foreach (var (key, value) in settings)
        {
            // One after the other: of a setting that is given twice the later counts.
            builder.Configuration[key] = value;
        }

        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services
            .AddCatalogue(builder.Configuration)
            .AddStorage(builder.Configuration)
            .AddBackups(builder.Configuration)
            .AddCollection(builder.Configuration)
            .AddEscalation()
            .AddApi()
            .AddTelemetry(builder.Configuration);

        builder.Services.AddQueueOfNobody();
        builder.Services.AddSingleton<Replays>().AddSingleton<Evaluations>();
        app = builder.Build();
        app.UseApi();
        app.MapApi();
        app.MapPages();
        app.MapJobs();
        app.MapTelemetry();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }
}
