using System.Text.RegularExpressions;
using MetricsHub.Tests;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>The alerts for whoever runs a hub: sound rules, cases for each, and a heading for each in the pages that say what to do.</summary>
public sealed partial class AlertRulesTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    public static string RulesFile { get; } = Path.Combine(Repository.Root, "ops", "prometheus", "alerts.yaml");

    private static string CasesFile => Path.Combine(Repository.Root, "ops", "prometheus", "alerts.test.yaml");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("check", "rules", "alerts.yaml")]
    [InlineData("test", "rules", "alerts.test.yaml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yaml")]
    public async Task Files_ForPrometheus_ArePassedByPromtool(params string[] arguments)
    {
        var (code, said) = await Promtool.RunAsync(null, [.. arguments[..^1], Path.Combine(Repository.Root, "ops", "prometheus", arguments[^1])], Cancellation);

        Assert.True(code == 0, said);
    }

    [Fact]
    public void Alerts_OfTheRules_HaveCasesInWhichTheyFire()
    {
        var firing = Entries(CasesFile, "tests").SelectMany(test => ((YamlSequenceNode)test["alert_rule_test"]).Children)
            .Where(expected => ((YamlSequenceNode)expected["exp_alerts"]).Children.Count > 0).Select(expected => $"{expected["alertname"]}");

        Assert.Equal(Alerts().Order(StringComparer.Ordinal), firing.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_OfTheRules_HaveEachAHeadingThatSaysWhatToDo()
    {
        var headings = Heading().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(Alerts().Order(StringComparer.Ordinal), headings.Order(StringComparer.Ordinal));
        Assert.All(Rules(), rule => Assert.Equal($"docs/operations.md#{$"{rule["alert"]}".ToLowerInvariant()}", $"{rule["annotations"]["runbook"]}"));
    }

    [Fact]
    public async Task Metrics_ThatAlertsWatch_AreOnesThatTheHubGives()
    {
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
        var watched = Rules().SelectMany(rule => MetricName().Matches($"{rule["expr"]}")).Select(match => match.Value).Distinct().ToList();

        // This hub has made no backup: its age is nothing that anybody could tell. Everything else is told after the first look that finds runs.
        string[] untold = ["metricshub_backup_age_seconds"];
        var scrape = await Scrape.UntilAsync(hub, found => watched.Except(found.Names).Count() <= untold.Length, Cancellation);

        Assert.Equal(untold, watched.Except(scrape.Names));
    }

    private static IEnumerable<string> Alerts() => Rules().Select(rule => $"{rule["alert"]}");

    private static IEnumerable<YamlNode> Rules() => Entries(RulesFile, "groups").SelectMany(group => ((YamlSequenceNode)group["rules"]).Children);

    private static IEnumerable<YamlNode> Entries(string file, string list)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        return ((YamlSequenceNode)yaml.Documents[0].RootNode[list]).Children;
    }

    [GeneratedRegex("^### ([A-Z][A-Za-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // A label stands before = or after by.
    [GeneratedRegex(@"(?<!\bby \([a-z_, ]*)\b(?:metricshub|http_server)_[a-z_]+\b(?!=)")]
    private static partial Regex MetricName();
}
