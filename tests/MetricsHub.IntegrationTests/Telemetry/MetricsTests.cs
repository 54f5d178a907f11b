using System.Net;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage.Postgres;
using Xunit;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>What a hub tells of itself, held to what reads it: Prometheus, of Debian's package.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Away = "away-feed";

    /// <summary>By what the hub counts: never by organisation or metric, of which there are too many.</summary>
    private static readonly string[] OwnLabels =
    [
        "metricshub_source", "metricshub_outcome", "metricshub_reason", "metricshub_status", "metricshub_part", "metricshub_store",
        "metricshub_framework", "metricshub_framework_version", "metricshub_certainty", "le",
    ];

    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Metrics_OfAHubThatHasCollected_ArePassedByPromtoolAndBounded()
    {
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

        var scrape = await Scrape.UntilAsync(hub, found => found.Samples.Keys.Any(key => key.StartsWith("metricshub_readings_total", StringComparison.Ordinal)), Cancellation);

        var (code, said) = await Promtool.RunAsync(scrape.Text, ["check", "metrics"], Cancellation);
        Assert.True(code == 0, said);
        Assert.Equal(CollectedHub.Samples, scrape.Samples.Where(sample => sample.Key.StartsWith("metricshub_publications_total", StringComparison.Ordinal)).Sum(sample => sample.Value));
        var own = scrape with { Samples = scrape.Samples.Where(sample => sample.Key.StartsWith("metricshub_", StringComparison.Ordinal)).ToDictionary() };
        Assert.Empty(own.Labels.Select(label => label.Key).Except(OwnLabels));
        Assert.Contains("http_server_request_duration_seconds_count", scrape.Names);
        Assert.Contains("dotnet_process_memory_working_set_bytes", scrape.Names);
    }

    [Fact]
    public async Task Prometheus_AskingAHubWithAKey_FindsItUpAndNoSampleTwice()
    {
        await using var hub = HubProcess.Launch(data.Path, "--Access:Mode", "keys");
        await hub.WaitUntilItAnswersAsync(Cancellation);
        using var refused = await hub.Http.GetAsync("/metrics", Cancellation);
        await hub.KillAsync(Cancellation);
        var key = await Commands.CreateKeyAsync(data.Path, "read", Cancellation);
        await using var again = HubProcess.Launch(data.Path, "--Access:Mode", "keys");
        await again.WaitUntilItAnswersAsync(Cancellation);

        await using var prometheus = PrometheusProcess.Start(again.Http.BaseAddress!, key, AlertRulesTests.RulesFile);
        await prometheus.WaitAsync(async () => await prometheus.AskAsync("sum_over_time(up{job=\"metricshub\"}[5m])", Cancellation) >= 5, Cancellation);
        await prometheus.WaitAsync(async () => (await prometheus.RuleHealthAsync(Cancellation)).TrueForAll(health => health == "ok"), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.True(await prometheus.AskAsync("scrape_samples_scraped{job=\"metricshub\"}", Cancellation) > 100);
        Assert.Equal(0, await prometheus.AskAsync("prometheus_target_scrapes_sample_duplicate_timestamp_total", Cancellation));
        Assert.Equal(0, await prometheus.AskAsync("prometheus_target_scrapes_sample_out_of_order_total", Cancellation));
        Assert.DoesNotContain("uplicate", prometheus.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_SourceThatIsAway_ShowItWithinOneRun()
    {
        Feeds.Write(data.Path, Away, "http://127.0.0.1:1/feed.csv");
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);

        var scrape = await Scrape.UntilAsync(hub, found => found.Of($"metricshub_source_unreachable{{metricshub_source=\"{Away}\"}}") == 1, Cancellation);

        Assert.Equal(1, scrape.Of($"metricshub_runs_total{{metricshub_outcome=\"failed\",metricshub_source=\"{Away}\"}}"));
        Assert.Equal(1, scrape.Of($"metricshub_source_status{{metricshub_source=\"{Away}\",metricshub_status=\"failing\"}}"));
        Assert.Null(scrape.Of($"metricshub_source_last_reached_timestamp_seconds{{metricshub_source=\"{Away}\"}}"));
    }

    /// <summary>What was known before is never told as if it still held.</summary>
    [Fact]
    public async Task Metrics_LedgerAway_LeaveOutWhatIsNotKnownUntilItIsBack()
    {
        await using var server = await PostgresProcess.StartNewAsync();
        var settings = new PostgresSettings(server.ConnectionString, "hub");
        await using var hub = HubProcess.Launch(
            data.Path, "--Storage:Ledger", "postgres", "--Postgres:ConnectionString", settings.ConnectionString, "--Postgres:Schema", settings.Schema);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        var before = await Scrape.UntilAsync(hub, found => found.Names.Contains("metricshub_source_unreachable"), Cancellation);
        await server.StopAsync();

        var away = await Scrape.UntilAsync(hub, found => found.Of("metricshub_store_up{metricshub_store=\"ledger\"}") == 0, Cancellation);

        Assert.Equal(1, before.Of("metricshub_store_up{metricshub_store=\"ledger\"}"));
        Assert.Equal(1, away.Of("metricshub_store_up{metricshub_store=\"observations\"}"));
        Assert.Equal(0, away.Of("metricshub_standing_read{metricshub_part=\"runs\"}"));
        Assert.DoesNotContain("metricshub_source_unreachable", away.Names);
        Assert.DoesNotContain("metricshub_source_waiting", away.Names);
        Assert.Contains("metricshub_disk_free_bytes", away.Names);
        await server.StartAsync();
        await Scrape.UntilAsync(hub, found => found.Of("metricshub_store_up{metricshub_store=\"ledger\"}") == 1 && found.Names.Contains("metricshub_source_unreachable"), Cancellation);
    }
}
