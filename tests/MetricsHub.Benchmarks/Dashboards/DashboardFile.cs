using System.Text.Json;

namespace MetricsHub.Benchmarks.Dashboards;

/// <summary>One of Grafana's dashboards, as far as it asks the hub something.</summary>
/// <param name="Queries">Every query of every panel that is shown, in their order: what one refresh asks.</param>
/// <param name="Variables">Their names, each with what it asks for its options, or what it is.</param>
internal sealed record DashboardFile(string Title, IReadOnlyList<DashboardQuery> Queries, IReadOnlyList<DashboardVariable> Variables)
{
    private const string Infinity = "yesoreyeram-infinity-datasource";

    /// <exception cref="InvalidOperationException">There is none in the folder.</exception>
    public static IReadOnlyList<DashboardFile> ReadAll(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read).ToList() : [];
        return files.Count > 0 ? files : throw new InvalidOperationException($"There is no dashboard in {folder}.");
    }

    private static DashboardFile Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        return new DashboardFile(
            root.GetProperty("title").GetString()!,
            [.. Panels(root).SelectMany(panel => Items(panel, "targets")).Where(IsAsked).Select(DashboardQuery.Of)],
            [.. root.TryGetProperty("templating", out var templating) ? Items(templating, "list").Select(DashboardVariable.Of) : []]);
    }

    private static IEnumerable<JsonElement> Panels(JsonElement parent) => Items(parent, "panels").SelectMany(panel => Panels(panel).Prepend(panel));

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static bool IsAsked(JsonElement target) =>
        (!target.TryGetProperty("hide", out var hide) || !hide.GetBoolean())
        && target.TryGetProperty("source", out var source) && source.ValueEquals("url")
        && (!target.TryGetProperty("datasource", out var from) || (from.TryGetProperty("type", out var type) && type.ValueEquals(Infinity)));
}

/// <summary>A variable: what a reader chooses, such as the system.</summary>
/// <param name="Query">What is asked for the options; null where they are not asked for.</param>
/// <param name="ValueField">Where in a row of the answer the value is.</param>
/// <param name="Current">What it is before anybody chooses; empty where the first option is taken.</param>
internal sealed record DashboardVariable(string Name, DashboardQuery? Query, string? ValueField, string Current)
{
    public static DashboardVariable Of(JsonElement variable)
    {
        var query = variable.TryGetProperty("query", out var asked) && asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty("infinityQuery", out var infinity)
            ? infinity
            : (JsonElement?)null;
        return new DashboardVariable(
            variable.GetProperty("name").GetString()!,
            query is { } target ? DashboardQuery.Of(target) : null,
            query is { } columns ? FieldOf(columns, asked) : null,
            variable.TryGetProperty("current", out var current) && current.TryGetProperty("value", out var value)
                ? value.ValueKind == JsonValueKind.Array ? string.Join(',', value.EnumerateArray().Select(item => item.ToString())) : value.ToString()
                : "");
    }

    /// <summary>The values that an answer offers.</summary>
    public IReadOnlyList<string> OptionsIn(JsonElement answer) =>
        [.. Query!.RowsOf(answer).Select(row => row.TryGetProperty(ValueField!, out var value) ? value.ToString() : "").Where(value => value.Length > 0)];

    /// <summary>The column that is called <c>__value</c>, or as <c>meta</c> says; else the last one.</summary>
    private static string FieldOf(JsonElement query, JsonElement asked)
    {
        var called = asked.TryGetProperty("meta", out var meta) && meta.TryGetProperty("valueField", out var field) ? field.GetString() : "__value";
        var columns = query.GetProperty("columns").EnumerateArray().ToList();
        return columns.Find(column => column.GetProperty("text").ValueEquals(called)) is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("selector").GetString()!
            : columns[^1].GetProperty("selector").GetString()!;
    }
}
