using Xunit;

namespace MetricsHub.IntegrationTests.Telemetry;

public sealed class OtlpTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Hub_ToldOfACollector_SendsItTracesAndMetrics()
    {
        await using var collector = await CollectorServer.StartAsync(Cancellation);

        // How often metrics are sent is OpenTelemetry's own setting, by default a minute.
        await using var hub = HubProcess.Launch(
            data.Path, "--Telemetry:Otlp:Endpoint", collector.Address, "--Telemetry:Otlp:Protocol", "http", "--OTEL_METRIC_EXPORT_INTERVAL", "1000");
        await hub.WaitUntilItAnswersAsync(Cancellation);
        using var answer = await hub.Http.GetAsync("/api/v1/sources?secret=words", Cancellation);

        await collector.WaitForAsync("/v1/traces", ["metricshub", "collect", "take in", "evaluate", "nhs-england-ae-monthly", "GET /api/v1/sources"], Cancellation);
        await collector.WaitForAsync("/v1/metrics", ["metricshub.runs", "metricshub.source.status", "http.server.request.duration"], Cancellation);
        Assert.DoesNotContain(collector.Received, received => received.Body.Contains("secret=words", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--Telemetry:Otlp:Endpoint", "ftp://127.0.0.1:4317")]
    [InlineData("--Telemetry:Otlp:Protocol", "pigeon")]
    public async Task Hub_ToldOfACollectorThatCannotBe_DoesNotStartAndNamesTheSetting(string setting, string value)
    {
        await using var hub = HubProcess.Launch(data.Path, setting, value);

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains(setting[2..], hub.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", hub.Output, StringComparison.Ordinal);
    }
}
