using System.Text.Json.Nodes;

namespace MetricsHub.Escalation.Explanation;

/// <summary>One place at which two texts of rules differ.</summary>
/// <param name="Path">Where: <c>framework.parameters[ed-4-hour-performance].bands[1].points</c>.</param>
/// <param name="Before">What stood there, as JSON; null where nothing did.</param>
/// <param name="After">What stands there, as JSON; null where nothing does.</param>
internal sealed record RulesDifference(string Path, string? Before, string? After)
{
    // What tells the entries of a list apart, where they have it; else their place does.
    private static readonly string[] Names = ["key", "indicator", "level"];

    /// <summary>Every place, in the order of the texts.</summary>
    public static IReadOnlyList<RulesDifference> Between(string before, string after) =>
        [.. Between("", JsonNode.Parse(before), JsonNode.Parse(after))];

    private static IEnumerable<RulesDifference> Between(string path, JsonNode? before, JsonNode? after) => (before, after) switch
    {
        _ when JsonNode.DeepEquals(before, after) => [],
        (JsonObject one, JsonObject other) => Members(path, Named(one), Named(other)),
        (JsonArray one, JsonArray other) => Members(path, Entries(one, other), Entries(other, one)),
        _ => [new RulesDifference(path, before?.ToJsonString(), after?.ToJsonString())],
    };

    private static IEnumerable<RulesDifference> Members(string path, Dictionary<string, JsonNode?> one, Dictionary<string, JsonNode?> other) =>
        one.Keys.Union(other.Keys).SelectMany(key => Between(
            key.StartsWith('[') || path.Length == 0 ? path + key : $"{path}.{key}", one.GetValueOrDefault(key), other.GetValueOrDefault(key)));

    private static Dictionary<string, JsonNode?> Named(JsonObject content) => content.ToDictionary(member => member.Key, member => member.Value);

    private static Dictionary<string, JsonNode?> Entries(JsonArray content, JsonArray other)
    {
        var name = Array.Find(Names, known => content.Concat(other).All(entry => entry is JsonObject named && named.ContainsKey(known)));
        return content.Index().ToDictionary(
            entry => name is null ? $"[{entry.Index}]" : $"[{entry.Item![name]}]",
            entry => entry.Item);
    }
}
