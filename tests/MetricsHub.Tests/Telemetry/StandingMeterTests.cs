using System.Diagnostics.Metrics;
using System.Reflection;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Telemetry;
using MetricsHub.Tests.Api;
using MetricsHub.Tests.Catalogue;
using MetricsHub.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Telemetry;

public sealed class StandingMeterTests
{
    private const string Pushed = """[{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7}]""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gauges_BeforeTheFirstLook_SayNothingOfWhatIsNotKnown()
    {
        await using var hub = await WatchedHub.StartAsync();

        var told = hub.Meters.Ask();

        Assert.DoesNotContain(told.Keys, key => key.StartsWith("metricshub.source.", StringComparison.Ordinal) || key.StartsWith("metricshub.store.", StringComparison.Ordinal));
        Assert.True(told["metricshub.disk.size"] >= told["metricshub.disk.free"]);
    }

    [Fact]
    public async Task Gauges_OfEverySource_GiveItOneStatus()
    {
        await using var hub = await WatchedHub.StartAsync();
        await hub.LookAsync();

        var told = hub.Meters.Ask();

        Assert.All(hub.Services.GetRequiredService<HubCatalogue>().Sources.Keys, source => Assert.Equal(
            1, SourceStatus.Words.Sum(word => told[$"metricshub.source.status {source} {word}"])));
        Assert.Equal(1, told[$"metricshub.source.status {PushSystem.Key} never-run"]);
        Assert.Equal(hub.Now.ToUnixTimeSeconds(), told["metricshub.standing.timestamp"]);
    }

    [Fact]
    public async Task Gauges_OfWhatIsEvaluated_AreThoseOfTheApi()
    {
        await using var hub = await WatchedHub.StartAsync();
        await hub.Services.GetRequiredService<MetricsHub.Escalation.Evaluator>().EvaluateAsync(Cancellation);
        await hub.LookAsync();
        var before = hub.Meters.Ask();
        await hub.Host.PushedAsync("morning", Pushed);
        await hub.LookAsync();

        var told = hub.Meters.Ask();

        var frameworks = hub.Services.GetRequiredService<HubCatalogue>().Frameworks;
        Assert.All(frameworks, framework => Assert.Equal(1, before[$"metricshub.evaluation.up_to_date {framework.Key} {framework.Version}"]));
        Assert.All(frameworks, framework => Assert.Equal(0, before[$"metricshub.evaluation.lag {framework.Key} {framework.Version}"]));
        var states = (await hub.Host.GetJsonAsync("/api/v1/evaluation")).GetProperty("items").EnumerateArray().ToDictionary(
            item => $"{item.GetProperty("framework").GetProperty("key")} {item.GetProperty("framework").GetProperty("version")}",
            item => (State: item.GetProperty("state").GetString(), Due: item.GetProperty("dueSeries").GetInt32()));
        Assert.Equal(frameworks.Count, states.Count);
        Assert.All(states, state => Assert.Equal(state.Value.State == "up-to-date" ? 1 : 0, told[$"metricshub.evaluation.up_to_date {state.Key}"]));
        Assert.All(states, state => Assert.Equal(state.Value.Due, told[$"metricshub.evaluation.due {state.Key}"]));
    }

    [Fact]
    public async Task Gauges_StoreAway_TellWhatWaits()
    {
        await using var hub = await WatchedHub.StartAsync(services =>
            services.AddSingleton<IObservationStore>(provider => new SwitchedStore(provider.GetRequiredService<DuckDbObservationStore>())));
        ((SwitchedStore)hub.Services.GetRequiredService<IObservationStore>()).IsAway = true;
        (await hub.Host.PushAsync("morning", Pushed)).Dispose();
        await hub.LookAsync();

        Assert.Equal(1, hub.Meters.Ask()[$"metricshub.source.waiting {PushSystem.Key}"]);
    }

    [Fact]
    public async Task Gauges_PartThatCannotBeRead_AreLeftOutAndTheOthersStay()
    {
        await using var hub = await WatchedHub.StartAsync(services => services.AddSingleton(provider =>
        {
            var store = DispatchProxy.Create<IObservationStore, BlindStore>();
            ((BlindStore)(object)store).Behind = provider.GetRequiredService<DuckDbObservationStore>();
            return store;
        }));
        var store = (BlindStore)(object)hub.Services.GetRequiredService<IObservationStore>();
        await hub.LookAsync();
        var before = hub.Meters.Ask();
        store.IsBlind = true;
        await hub.LookAsync();

        var told = hub.Meters.Ask();

        Assert.Equal((1, 1), (before["metricshub.standing.read sources"], before["metricshub.store.up observations"]));
        Assert.Equal((0, 0), (told["metricshub.standing.read sources"], told["metricshub.store.up observations"]));
        Assert.Contains(before.Keys, key => key.StartsWith("metricshub.source.status", StringComparison.Ordinal));
        Assert.DoesNotContain(told.Keys, key => key.StartsWith("metricshub.source.status", StringComparison.Ordinal));
        Assert.Equal((1, 1), (told["metricshub.standing.read runs"], told["metricshub.store.up ledger"]));
        Assert.Contains(told.Keys, key => key.StartsWith("metricshub.evaluation.up_to_date", StringComparison.Ordinal));
    }

    /// <summary>A store that can be kept from telling what it holds.</summary>
    public class BlindStore : DispatchProxy
    {
        public object Behind { get; set; } = null!;

        public bool IsBlind { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            IsBlind && targetMethod!.Name is nameof(IObservationStore.ListSeriesAsync) or nameof(IObservationStore.LatestAsync) ? throw new StoreException("It does not answer.") : targetMethod!.Invoke(Behind, args);
    }

    /// <summary>A hub with pushes, looked at by nobody else, and its meters.</summary>
    private sealed class WatchedHub : IAsyncDisposable
    {
        private readonly StandingWatch watch;

        private WatchedHub(PushHost host)
        {
            Host = host;
            watch = ActivatorUtilities.CreateInstance<StandingWatch>(host.Services);
            Meters = new MeterReader(host.Services.GetRequiredService<IMeterFactory>());
            _ = ActivatorUtilities.CreateInstance<StandingMeter>(host.Services, watch);
        }

        public PushHost Host { get; }

        public MeterReader Meters { get; }

        public IServiceProvider Services => Host.Services;

        public DateTimeOffset Now => Host.Clock.GetUtcNow();

        public static async Task<WatchedHub> StartAsync(Action<IServiceCollection>? replace = null) => new(await PushHost.StartAsync(replace));

        public Task LookAsync() => watch.LookAsync(Cancellation);

        public async ValueTask DisposeAsync()
        {
            watch.Dispose();
            Meters.Dispose();
            await Host.DisposeAsync();
        }
    }
}
