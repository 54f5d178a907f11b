using System.Text.Json.Nodes;

namespace MetricsHub.Tests.Grafana;

/// <summary>Reads files of which a part may be missing: what is not there is empty, and found at fault by whoever needs it.</summary>
internal static class JsonReading
{
    public static string Text(this JsonNode? node, string property) => (node as JsonObject)?[property] is JsonValue value ? value.ToString() : "";

    public static IReadOnlyList<JsonObject> List(this JsonNode? node, string property) =>
        (node as JsonObject)?[property] is JsonArray list ? [.. list.OfType<JsonObject>()] : [];

    public static JsonObject Object(this JsonNode? node, string property) => (node as JsonObject)?[property] as JsonObject ?? [];

    /// <summary>Every text below a node, wherever it stands.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Value.Texts()),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>Every object below a node that has a property.</summary>
    public static IEnumerable<JsonObject> With(this JsonNode? node, string property) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Value.With(property)).Concat(map.ContainsKey(property) ? [map] : []),
        JsonArray list => list.SelectMany(entry => entry.With(property)),
        _ => [],
    };
}
