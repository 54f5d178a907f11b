using System.Net;
using System.Text.RegularExpressions;
using MetricsHub.Tests;
using Xunit;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>The page for whoever runs a hub says what a hub does.</summary>
public sealed partial class OperationsPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task Page_MetricsAndAddresses_AreThoseOfAHub()
    {
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);

        // What there is nothing to say of yet has no sample: an evaluation has to have ended, and the hub to have looked since.
        string[] last = ["metricshub_evaluation_duration_seconds_count", "metricshub_readings_total", "metricshub_evaluation_lag_seconds"];
        var scrape = await Scrape.UntilAsync(hub, found => Array.TrueForAll(last, found.Names.Contains), Cancellation);

        var told = scrape.Names.Where(name => name.StartsWith("metricshub_", StringComparison.Ordinal)).Select(name => PartOfHistogram().Replace(name, "")).Distinct();
        var documented = Metric().Matches(Page).Select(match => match.Value).Distinct().ToList();

        // Nothing was pushed to this hub, and it has made no backup.
        Assert.Equal([.. told.Order(StringComparer.Ordinal)], documented.Except(["metricshub_pushes_total", "metricshub_backup_age_seconds"]).Order(StringComparer.Ordinal));
        var addresses = Address().Matches(Page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(7, addresses.Count);
        foreach (var address in addresses)
        {
            using var answer = await hub.Http.GetAsync(address, Cancellation);
            Assert.Equal((address, HttpStatusCode.OK), (address, answer.StatusCode));
        }
    }

    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex PartOfHistogram();

    [GeneratedRegex(@"\bmetricshub_[a-z_]+\b")]
    private static partial Regex Metric();

    [GeneratedRegex("\"\\$\\{HUB:-[^}]+\\}([^\"]+)\"")]
    private static partial Regex Address();
}
