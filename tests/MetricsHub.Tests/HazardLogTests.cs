using System.Text.RegularExpressions;
using Xunit;

namespace MetricsHub.Tests;

/// <summary>The hazard log promises controls that tests hold the hub to: each of them has to be there.</summary>
public sealed partial class HazardLogTests
{
    private static readonly string Log = File.ReadAllText(Path.Combine(Repository.Root, "docs", "clinical-safety", "hazard-log.md"));

    /// <summary>Each hazard, by its id, with all that is said of it.</summary>
    private static readonly Dictionary<string, string> Hazards = Log.Split("\n## ").Skip(1)
        .Where(section => HazardId().IsMatch(section)).ToDictionary(section => section.Split('\n')[0], section => section);

    [Fact]
    public void Tests_NamedInTheHazardLog_Exist()
    {
        var tests = TestsOfTheSources();
        var named = NamedTest().Matches(Log).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.True(named.Count >= 60, $"The log names {named.Count} tests.");
        Assert.Empty(named.Except(tests).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hazards_OfTheLog_HaveControlsOrSayThatTheyDoNotApply()
    {
        Assert.Equal(Enumerable.Range(1, 17).Select(number => $"H{number}"), Hazards.Keys);
        Assert.All(Hazards, hazard =>
        {
            var controls = Control().Matches(hazard.Value);
            Assert.True(controls.Count > 0 || hazard.Value.Contains("Not applicable: ", StringComparison.Ordinal), $"{hazard.Key} has no control.");
            Assert.All(controls, control => Assert.Matches(NamedTest(), control.Value));
        });
    }

    [Fact]
    public void Risks_BeforeAndAfterControls_AreThoseOfTheMatrixAndOfTheOverview()
    {
        var matrix = MatrixRow().Matches(Log).ToDictionary(
            match => match.Groups[1].Value.ToLowerInvariant(), match => match.Groups[2].Value.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        string[] severities = ["Minor", "Significant", "Considerable", "Major", "Catastrophic"];
        Assert.Equal(5, matrix.Count);

        foreach (var (id, text) in Hazards)
        {
            var rated = Rating().Matches(text);
            Assert.All(rated, match => Assert.Equal(matrix[match.Groups[2].Value][Array.IndexOf(severities, match.Groups[1].Value)], match.Groups[3].Value));
            var overview = Regex.Match(Log, $@"^\| \[{id}\]\(#{id.ToLowerInvariant()}\) .+ \| (\d|–) \| (\d|–) \| (yes|) ?\|$", RegexOptions.Multiline);
            Assert.Equal(rated is [var before, var after] ? (before.Groups[3].Value, after.Groups[3].Value) : ("–", "–"), (overview.Groups[1].Value, overview.Groups[2].Value));
            Assert.Equal(text.Contains("*Open", StringComparison.Ordinal), overview.Groups[3].Value == "yes");
        }
    }

    /// <summary>Class and method of every test in the sources, those of contracts in their abstract class included.</summary>
    private static HashSet<string> TestsOfTheSources()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            var type = "";
            foreach (var line in File.ReadLines(file))
            {
                type = ClassName().Match(line) is { Success: true } declared ? declared.Groups[1].Value : type;
                if (TestName().Match(line) is { Success: true } test)
                {
                    found.Add($"{type}.{test.Groups[1].Value}");
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"^H\d+\n")]
    private static partial Regex HazardId();

    [GeneratedRegex(@"`([A-Z]\w+\.\w+_\w+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"(?<=\| Control \| Test \|\n\|---\|---\|\n(?:\|.*\n)*)\|.*")]
    private static partial Regex Control();

    [GeneratedRegex(@"^\| (Very low|Low|Medium|High|Very high) \|((?: \d \|){5})$", RegexOptions.Multiline)]
    private static partial Regex MatrixRow();

    [GeneratedRegex(@"^\| (?:Before|After) controls \| (\w+), ([a-z ]+): (\d) \|$", RegexOptions.Multiline)]
    private static partial Regex Rating();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^\s+public (?:static )?(?:async )?(?:Task|ValueTask|void) (\w+_\w+)\(")]
    private static partial Regex TestName();
}
