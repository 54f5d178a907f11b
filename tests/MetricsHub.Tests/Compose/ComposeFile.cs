using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace MetricsHub.Tests.Compose;

/// <summary>docker-compose.yml as it stands in the repository: anchors and merges resolved, variables not.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<object, object?> root;

    private ComposeFile(string text)
    {
        Text = text;
        root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(new StringReader(text))));
        Services = Entries(root.GetValueOrDefault("services")).ToDictionary(entry => entry.Key, entry => new ComposeService(entry.Key, (Dictionary<object, object?>)entry.Value!));
    }

    public string Text { get; }

    public IReadOnlyDictionary<string, ComposeService> Services { get; }

    /// <summary>Those that run the hub's program or the simulator's: the image that is built here.</summary>
    public IEnumerable<ComposeService> Own => Services.Values.Where(service => service.Has("build"));

    /// <summary>Those that run the hub: they are told its settings.</summary>
    public IEnumerable<ComposeService> Hubs => Own.Where(service => service.Environment.Count > 0);

    /// <summary>Every variable that is filled in when the file is read.</summary>
    public IReadOnlySet<string> Variables => VariableNames().Matches(Text).Select(match => match.Groups[1].Value).ToHashSet();

    public static ComposeFile Read() => new(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml")));

    /// <summary>What is defined at the top: <c>networks</c>, <c>volumes</c> or <c>secrets</c>.</summary>
    public IReadOnlyDictionary<string, object?> Defined(string what) => Entries(root.GetValueOrDefault(what)).ToDictionary();

    internal static IEnumerable<KeyValuePair<string, object?>> Entries(object? node) => node switch
    {
        Dictionary<object, object?> map => map.Select(entry => KeyValuePair.Create((string)entry.Key, entry.Value)),
        List<object?> list => list.Select(item => KeyValuePair.Create((string)item!, (object?)null)),
        string text => [KeyValuePair.Create(text, (object?)null)],
        _ => [],
    };

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex VariableNames();
}

/// <summary>One service.</summary>
internal sealed class ComposeService(string name, Dictionary<object, object?> node)
{
    public string Name => name;

    public string Image => (string)node["image"]!;

    public IReadOnlyDictionary<string, string> Environment { get; } =
        ComposeFile.Entries(node.GetValueOrDefault("environment")).ToDictionary(entry => entry.Key, entry => (string)entry.Value!);

    /// <summary>The <c>entrypoint</c> and <c>command</c> that stand in the file.</summary>
    public IReadOnlyList<string> Command => [.. Names("entrypoint"), .. Names("command")];

    public IReadOnlyList<string> HealthTest => [.. ComposeFile.Entries(Child("healthcheck", "test")).Select(entry => entry.Key)];

    /// <summary>Source, target and mode of every mount.</summary>
    public IEnumerable<(string Source, string Target, string Mode)> Volumes =>
        Names("volumes").Select(text => text.Split(':')).Select(parts => (parts[0], parts[1], parts.ElementAtOrDefault(2) ?? "rw"));

    /// <summary>Where on the host, and which port of it leads to which port of the container.</summary>
    public IEnumerable<(string Address, int Host, int Container)> Ports =>
        Names("ports").Select(text => text.Split(':')).Select(parts => (parts[0], Number(parts[1]), Number(parts[2])));

    /// <summary>Each service that has to be there first, and how far along.</summary>
    public IReadOnlyDictionary<string, string> DependsOn =>
        ComposeFile.Entries(node.GetValueOrDefault("depends_on")).ToDictionary(entry => entry.Key, entry => ComposeFile.Entries(entry.Value).Single().Value as string ?? "");

    public bool Has(string key) => node.ContainsKey(key);

    public string? Value(string key) => node.GetValueOrDefault(key) as string;

    /// <summary>The items of a list, or the keys of a map.</summary>
    public IReadOnlyList<string> Names(string key) => [.. ComposeFile.Entries(node.GetValueOrDefault(key)).Select(entry => entry.Key)];

    /// <summary>By which further names others in that network find it.</summary>
    public IEnumerable<string> AliasesIn(string network) => ComposeFile.Entries(Child("networks", network)).SelectMany(entry => ComposeFile.Entries(entry.Value)).Select(entry => entry.Key);

    public override string ToString() => name;

    private object? Child(string key, string child) =>
        node.GetValueOrDefault(key) is Dictionary<object, object?> map ? map.GetValueOrDefault(child) : null;

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
