using System.Text.Json.Nodes;

namespace MetricsHub.Tests.Grafana;

/// <summary>Every word that an answer says in a coloured field has a text and a colour of its own: none falls through to something it is not.</summary>
internal static class WordFaults
{
    public static IEnumerable<string> Find(JsonObject panel, GrafanaQuery query, IReadOnlyList<JsonObject> rows) =>
        from column in query.Columns
        where column.Type == "string" && IsColoured(panel, column.Text)
        let known = WordsOf(panel, column.Text)
        from word in rows.Select(row => row.Text(column.Selector)).Distinct()
        where !known.Contains(word)
        select $"{query.Where}: '{word}' of '{column.Text}' is mapped to no text";

    private static bool IsColoured(JsonObject panel, string field) => panel.Text("type") switch
    {
        "state-timeline" => true,
        "stat" => panel.Object("options").Text("colorMode") == "background" && panel.Object("options").Object("reduceOptions").Text("fields") == $"/^{field}$/",
        _ => PropertiesOf(panel, field).Any(property => property.Text("id") == "custom.cellOptions"),
    };

    private static HashSet<string> WordsOf(JsonObject panel, string field)
    {
        var own = PropertiesOf(panel, field).Where(property => property.Text("id") == "mappings").SelectMany(property => property.List("value")).ToList();
        return [.. (own.Count > 0 ? own : panel.Object("fieldConfig").Object("defaults").List("mappings"))
            .Where(mapping => mapping.Text("type") == "value")
            .SelectMany(mapping => mapping.Object("options").Select(option => option.Key))];
    }

    private static IEnumerable<JsonObject> PropertiesOf(JsonObject panel, string field) => panel.Object("fieldConfig").List("overrides")
        .Where(each => each.Object("matcher").Text("id") == "byName" && each.Object("matcher").Text("options") == field)
        .SelectMany(each => each.List("properties"));
}
