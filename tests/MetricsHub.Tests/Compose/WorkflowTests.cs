using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.Serialization;

namespace MetricsHub.Tests.Compose;

/// <summary>What decides elsewhere whether a change lands is what decides here.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "ci.yml"));
    private static readonly Dictionary<object, object?> Workflow = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(Text);

    [Fact]
    public void Workflow_AtItsEnd_RunsWhatTheReadmeSays()
    {
        var job = (Dictionary<object, object?>)((Dictionary<object, object?>)Workflow["jobs"]!).Values.Single()!;
        var last = (Dictionary<object, object?>)((List<object?>)job["steps"]!)[^1]!;

        Assert.Equal("bash .ci/run", last["run"]);
        Assert.True(File.Exists(Path.Combine(Repository.Root, ".ci", "run")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, SdkFile().Match(Text).Groups[1].Value)));
    }

    [Fact]
    public void Actions_OfOthers_ArePinnedToACommit() => Assert.All(Actions().Matches(Text), action => Assert.Matches("^[0-9a-f]{40}$", action.Groups[1].Value));

    [Fact]
    public void Workflow_MayOnlyRead() => Assert.Equal([KeyValuePair.Create<object, object?>("contents", "read")], (Dictionary<object, object?>)Workflow["permissions"]!);

    [GeneratedRegex(@"uses: [\w/-]+@(\S+)")]
    private static partial Regex Actions();

    [GeneratedRegex(@"global-json-file: (\S+)")]
    private static partial Regex SdkFile();
}
