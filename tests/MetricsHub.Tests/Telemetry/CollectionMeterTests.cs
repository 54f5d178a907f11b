using System.Diagnostics.Metrics;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Telemetry;

public sealed class CollectionMeterTests
{
    private const string TwoGoodAndTwoRefused =
        """
        [{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7},
         {"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:30:00Z","absence":"late"},
         {"metric":"utc-waiting","organisation":"SIMU1","at":"2027-11-22T10:30:00Z","value":7},
         {"metric":"utc-waiting","organisation":"SIMU1","at":"when it rained","value":7}]
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_GoodAndBadRows_AreCountedByWhatBecameOfThem()
    {
        await using var host = await PushHost.StartAsync();
        using var meters = new MeterReader(host.Services.GetRequiredService<IMeterFactory>());

        await host.PushedAsync("morning", TwoGoodAndTwoRefused);

        Assert.Equal(1, meters.Counted("metricshub.pushes sim-push taken"));
        Assert.Equal(1, meters.Counted("metricshub.publications sim-push stored"));
        Assert.Equal(2, meters.Counted("metricshub.statements sim-push"));
        Assert.Equal(1, meters.Counted("metricshub.rejections sim-push future"));
        Assert.Equal(1, meters.Counted("metricshub.rejections sim-push unreadable"));
    }

    [Fact]
    public async Task Push_BarredForDataAboutPatients_IsCountedAndNothingOfItIs()
    {
        await using var host = await PushHost.StartAsync();
        using var meters = new MeterReader(host.Services.GetRequiredService<IMeterFactory>());

        using var answer = await host.PushAsync("morning", """[{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7,"nhsNumber":"943 476 5919"}]""");

        Assert.Equal(1, meters.Counted("metricshub.publications sim-push barred"));
        Assert.Equal(1, meters.Counted("metricshub.pushes sim-push refused"));
        Assert.Null(meters.Counted("metricshub.statements sim-push"));
    }

    [Fact]
    public async Task Run_OfEachOutcome_IsCountedWithItsDuration()
    {
        await using var hub = TestHub.Empty();
        using var meters = new MeterReader(hub.Services.GetRequiredService<IMeterFactory>());

        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        hub.Drop(TestHub.AeMonthly, "a.csv", "nothing"u8.ToArray());
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(1, meters.Counted($"metricshub.runs {TestHub.AeMonthly} succeeded"));
        Assert.Equal(1, meters.Counted($"metricshub.runs {TestHub.AeMonthly} partial"));
        Assert.Equal(1, meters.Counted($"metricshub.publications {TestHub.AeMonthly} refused"));
        Assert.Equal(0, meters.Counted($"metricshub.run.duration {TestHub.AeMonthly}"));
    }

    [Fact]
    public async Task Counts_BeforeAnythingHappened_BeginAtZero()
    {
        await using var hub = TestHub.Empty();
        using var meters = new MeterReader(hub.Services.GetRequiredService<IMeterFactory>());

        hub.Services.GetRequiredService<CollectionMeter>().Begin(hub.Catalogue.Sources.Values);

        foreach (var source in (SourceKey[])[TestHub.AeMonthly, TestHub.VirtualWard])
        {
            Assert.Equal(0, meters.Counted($"metricshub.runs {source} failed"));
            Assert.Equal(0, meters.Counted($"metricshub.rejections {source} unit-slip"));
            Assert.Equal(0, meters.Counted($"metricshub.rejections {source} unreadable"));
        }
    }
}
