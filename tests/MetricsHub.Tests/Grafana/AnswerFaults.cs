using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MetricsHub.Tests.Grafana;

/// <summary>Holds one answer against one query, as Infinity reads it: rows at the root selector, typed columns, never an empty answer.</summary>
internal static class AnswerFaults
{
    /// <summary>The rows of an answer.</summary>
    public static IReadOnlyList<JsonObject> RowsOf(GrafanaQuery query, string body)
    {
        JsonNode? node = JsonNode.Parse(body);
        foreach (var step in query.Model.Text("root_selector").Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as JsonObject)?[step];
        }

        return node is JsonArray list ? [.. list.OfType<JsonObject>()] : [];
    }

    public static IEnumerable<string> Find(GrafanaQuery query, string address, int status, string body, AnswerSchema schema)
    {
        if (status != 200)
        {
            yield return $"{query.Where}: {address} is answered {status}: {body}";
            yield break;
        }

        var rows = RowsOf(query, body);
        if (rows.Count == 0)
        {
            yield return $"{query.Where}: {address} has no rows at '{query.Model.Text("root_selector")}'";
        }

        foreach (var column in query.Columns)
        {
            var nullable = schema.IsNullable(address, query.Model.Text("root_selector"), column.Selector);
            if (nullable is null)
            {
                yield return $"{query.Where}: column '{column.Selector}' is not described of {address.Split('?')[0]}";
            }

            foreach (var fault in rows.Select(row => FaultOf(column, row, nullable is true)).OfType<string>().Distinct())
            {
                yield return $"{query.Where}: {fault}";
            }
        }
    }

    /// <summary>Of a query that is drawn over time: its instants do not go back.</summary>
    public static IEnumerable<string> FindBackwards(GrafanaQuery query, IReadOnlyList<JsonObject> rows)
    {
        if (query.Columns.FirstOrDefault(column => column.Type == "timestamp") is not { } time)
        {
            yield return $"{query.Where}: is drawn over time and has no time";
            yield break;
        }

        // One that is no instant is at fault already.
        var instants = rows.Select(row => DateTimeOffset.TryParse(row.Text(time.Selector), CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null).OfType<DateTimeOffset>().ToList();
        if (instants.Zip(instants.Skip(1)).Any(pair => pair.Second < pair.First))
        {
            yield return $"{query.Where}: its time does not ascend";
        }
    }

    private static string? FaultOf(GrafanaColumn column, JsonObject row, bool nullable) =>
        !row.TryGetPropertyValue(column.Selector, out var value) ? $"column '{column.Selector}' does not exist"
        : value is null ? nullable ? null : $"column '{column.Selector}' is null, and is not described as nullable"
        : IsOf(column.Type, value) ? null
        : $"column '{column.Selector}' is not of type {column.Type}: {value.ToJsonString()}";

    private static bool IsOf(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("timestamp", JsonValueKind.String) => DateTimeOffset.TryParseExact(
            value.ToString(), ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => false,
    };
}
