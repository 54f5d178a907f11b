using System.Text.Json.Nodes;

namespace MetricsHub.Tests.Grafana;

/// <summary>What the API's own description says of the rows of an answer: which properties there are, and which of them may be null.</summary>
internal sealed class AnswerSchema(JsonObject document)
{
    /// <summary>The description that is committed, which another test holds to what is served.</summary>
    public static AnswerSchema Read() =>
        new(JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi.json")))!.AsObject());

    /// <returns>Null where the address, or the property, is not described.</returns>
    public bool? IsNullable(string address, string rootSelector, string property)
    {
        var path = address.Split('?')[0].Split('/');
        var described = document.Object("paths")
            .Where(entry => Matches(entry.Key.Split('/'), path))
            .OrderBy(entry => entry.Key.Count(letter => letter == '{'))
            .Select(entry => entry.Value.Object("get").Object("responses").Object("200").Object("content").Object("application/json").Object("schema"))
            .FirstOrDefault();
        var rows = described is null ? null : Resolve(Resolve(described).Object("properties").Object(rootSelector)).Object("items");
        return rows is null || !Resolve(rows).Object("properties").ContainsKey(property) ? null
            : Resolve(rows).Object("properties").Object(property)["type"] is JsonArray types && types.Any(type => type?.ToString() == "null");
    }

    private static bool Matches(string[] template, string[] path) =>
        template.Length == path.Length && template.Zip(path).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));

    private JsonObject Resolve(JsonObject schema) =>
        schema.Text("$ref") is { Length: > 0 } reference ? document.Object("components").Object("schemas").Object(reference.Split('/')[^1]) : schema;
}
