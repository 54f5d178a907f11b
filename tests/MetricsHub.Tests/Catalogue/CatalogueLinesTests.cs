using MetricsHub.Catalogue;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

/// <summary>Whoever writes a mapping is told the line at which it is wrong.</summary>
public sealed class CatalogueLinesTests : IDisposable
{
    private readonly CatalogueFolder folder = new();

    public CatalogueLinesTests() => SimulatedSystem.WriteTo(folder);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("metric: utc-longest-wait", "metric: utc-longest-wai", "(table.figures[1].metric): there is no metric 'utc-longest-wai'; did you mean 'utc-longest-wait'?")]
    [InlineData("\"closed\": not-due", "\"closed\": nothing", "(table.missing[1]): 'nothing' is unknown")]
    [InlineData("as_at, format: \"dd/MM/yyyy HH:mm\"", "as_at", "(table.time.format): needs one of format and formats")]
    [InlineData("  - feed:", "  - fed:", ": Property 'fed' not found")]
    [InlineData("schedule: \"*/15 * * * *\"", "schedule: often", "(schedule): 'often' is not a cron expression")]
    [InlineData("    - { metric: utc-waiting, field: waiting }", "    - { metric: utc-waiting }", "(table.figures[0].field): is required")]
    public void Load_FaultInAMapping_NamesTheLine(string text, string by, string fault)
    {
        var before = File.ReadAllText(Path.Combine(folder.Path, SimulatedSystem.Feed));
        var line = before[..before.IndexOf(text, StringComparison.Ordinal)].Count(character => character == '\n') + 1;
        folder.Replace(SimulatedSystem.Feed, text, by);

        Assert.Contains(Faults(), actual => actual.StartsWith($"{SimulatedSystem.Feed} line {line}", StringComparison.Ordinal) && actual.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_FieldThatIsMissing_NamesTheLineOfWhatItShouldStandIn()
    {
        folder.Replace(SimulatedSystem.Feed, "licence: none needed\n", "");

        Assert.Contains(SimulatedSystem.Feed + " line 1 (licence): is required", Faults());
    }

    [Fact]
    public void Load_FaultInAFramework_NamesTheLineToo()
    {
        folder.Replace("frameworks/access-published-monthly.yaml", "points: 0\n        provenance: local-placeholder", "points: 0\n        provenance: official");

        Assert.Contains(Faults(), fault => System.Text.RegularExpressions.Regex.IsMatch(fault, @"^frameworks/access-published-monthly\.yaml line [0-9]+ \(parameters\[0\]\.bands\[0\]\.provenance\): 'official' is unknown"));
    }

    private IEnumerable<string> Faults() =>
        Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys, new Uri(SimulatedSystem.Simulator))).Errors.Select(error => error.ToString());
}
