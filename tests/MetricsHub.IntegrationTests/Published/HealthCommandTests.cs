using System.Diagnostics;
using Xunit;

namespace MetricsHub.IntegrationTests.Published;

/// <summary>The program asked for the health of a hub that runs beside it.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Health_OfAHubThatIsReady_IsZero()
    {
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);

        var (code, said) = await PublishedImage.AskForHealthAsync(() => Command($"http://*:{hub.Http.BaseAddress!.Port}"));

        Assert.Equal(0, code);
        Assert.Contains($"http://127.0.0.1:{hub.Http.BaseAddress!.Port}/health/ready answers 200: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfAHubWithoutItsStore_IsOneAndSaysWhatIsMissing()
    {
        await using var hub = HubProcess.Launch(data.Path, "--Storage:Observations", "influx", "--Influx:Address", "http://127.0.0.1:1", "--Influx:Database", "metricshub");
        await hub.WaitUntilItAnswersAsync(Cancellation);

        var (code, said) = await PublishedImage.AskForHealthAsync(() => Command(hub.Http.BaseAddress!.ToString()));

        Assert.Equal(1, code);
        Assert.Contains("answers 503: ", said, StringComparison.Ordinal);
        Assert.Contains("The store does not answer", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_WhereNobodyIs_IsOne()
    {
        var (code, said) = await PublishedImage.RunToEndAsync(Command("http://127.0.0.1:1"));

        Assert.Equal(1, code);
        Assert.Contains("http://127.0.0.1:1/health/ready does not answer: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:443")]
    [InlineData("http://hub.example.org:80")]
    public async Task Health_OfWhatIsNotThisMachineUnencrypted_IsOneAndSaysSo(string urls)
    {
        var (code, said) = await PublishedImage.RunToEndAsync(Command(urls));

        Assert.Equal(1, code);
        Assert.Contains($"There is no http address of this machine among '{urls}' (Urls)", said, StringComparison.Ordinal);
    }

    private static ProcessStartInfo Command(string urls) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "MetricsHub.dll"), "--healthcheck"]) { Environment = { ["Urls"] = urls } };
}
