using System.Collections.Concurrent;
using MetricsHub.Access;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;
using MetricsHub.Jobs;
using MetricsHub.Storage;
using MetricsHub.Tests.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Grafana;

/// <summary>
/// The hub that dashboards are held against: the real catalogue, real stores that hold what the simulator's feeds really say, levels
/// evaluated, one of them declared beside, and a key that can only read, as Grafana has.
/// </summary>
public sealed class DashboardHub : IAsyncLifetime
{
    /// <summary>A Monday, when every service is open.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 7, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<string, Task<(int Status, string Body)>> answers = new();
    private readonly TemporaryFolder data = new();
    private SimulatorHost simulator = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    internal HubCatalogue Catalogue => app.Services.GetRequiredService<HubCatalogue>();

    internal IServiceProvider Services => app.Services;

    internal FakeTimeProvider Clock { get; } = new(Now);

    public async ValueTask InitializeAsync()
    {
        simulator = await SimulatorHost.StartAsync(Now);
        app = Build(simulator.Client.BaseAddress!);
        await app.StartAsync(TestContext.Current.CancellationToken);
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add("X-Api-Key", await KeyAsync());
        await FillAsync();
    }

    /// <summary>Asks as Grafana does: by GET, with its key. Clock and figures stand still, so that each address is asked for once.</summary>
    internal Task<(int Status, string Body)> GetAsync(string address) => answers.GetOrAdd(address, AskAsync);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await simulator.DisposeAsync();
        data.Dispose();
    }

    private async Task<(int Status, string Body)> AskAsync(string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private WebApplication Build(Uri feeds)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = data.PathOf("data"),
            [CatalogueSetup.FolderKey] = MetricsHub.Tests.Catalogue.CatalogueFolder.Real,
            ["Simulator:Address"] = feeds.AbsoluteUri,
            ["Access:Mode"] = "keys",
            ["Access:RequestsPerMinute"] = "1000000",
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddCatalogue(builder.Configuration).AddStorage(builder.Configuration).AddCollection(builder.Configuration).AddEscalation().AddApi();

        builder.Services.AddQueueOfNobody();
        builder.Services.AddSingleton<Replays>().AddSingleton<Evaluations>();
        var built = builder.Build();
        built.UseApi();
        built.MapApi();
        return built;
    }

    private async Task<string> KeyAsync() => (await Services.GetRequiredService<KeyIssuer>().IssueAsync(
        new KeyOrder("Grafana", ["read"], Organisations: null, Sources: null, Now.AddDays(30)), "a test", TestContext.Current.CancellationToken)).Text;

    private async Task FillAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var source in Catalogue.Sources.Values.Where(source => source.Simulated && source.Locations.Any(location => location is FeedDefinition)))
        {
            Assert.Equal(RunOutcome.Succeeded, (await Services.GetRequiredService<Collector>().CollectAsync(source.Key, cancellation)).Outcome);
        }

        await Services.GetRequiredService<ILedger>().DeclareAsync(
            new NewDeclaration(new OrganisationCode("SIM"), null, 3, "Made up for the dashboards", "a test", Now.AddHours(-1), Now.AddHours(7), "dashboards"), cancellation);
        await Services.GetRequiredService<Evaluator>().EvaluateAsync(cancellation);
    }
}
