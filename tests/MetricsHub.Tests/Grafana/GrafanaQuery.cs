using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Time;

namespace MetricsHub.Tests.Grafana;

/// <summary>What Grafana puts into texts: the values of a dashboard's variables, and the time looked at.</summary>
internal sealed partial record GrafanaValues(IReadOnlyDictionary<string, string> Variables, Period Time)
{
    /// <exception cref="FormatException">The text names something that is nothing to Grafana.</exception>
    public string Fill(string text) => Name().Replace(text, match => (match.Groups[1].Value, match.Groups[2].Value) switch
    {
        ("__timeFrom", var format) => Format(Time.Start, format),
        ("__timeTo", var format) => Format(Time.End, format),
        (var name, "" or "csv" or "raw" or "queryparam") when Variables.TryGetValue(name, out var value) => value,
        _ => throw new FormatException($"'{match.Value}' is no variable of the dashboard and no macro"),
    });

    public static IEnumerable<string> NamesIn(string text) => Name().Matches(text).Select(match => match.Groups[1].Value);

    private static string Format(DateTimeOffset instant, string format) => format switch
    {
        "" => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        "date" or "date:iso" => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        "date:seconds" => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "date:YYYY-MM-DD" => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new FormatException($"'{format}' is no format of a time"),
    };

    [GeneratedRegex(@"\$\{(\w+)(?::([^}]+))?\}")]
    private static partial Regex Name();
}

/// <summary>A query of the Infinity data source, as it stands in a panel, a variable or an alarm.</summary>
/// <param name="Where">Where it stands, for a fault.</param>
internal sealed record GrafanaQuery(string Where, JsonObject Model)
{
    public IReadOnlyList<GrafanaColumn> Columns => [.. Model.List("columns").Select(column => new GrafanaColumn(column.Text("selector"), column.Text("text"), column.Text("type")))];

    public IReadOnlyList<(string Key, string Value)> Parameters =>
        [.. Model.Object("url_options").List("params").Select(parameter => (parameter.Text("key"), parameter.Text("value")))];

    /// <summary>Every query of a panel; one that is not of Infinity is at fault.</summary>
    public static IEnumerable<GrafanaQuery> Of(string file, JsonObject panel) =>
        panel.List("targets").Select(target => new GrafanaQuery($"{file} '{panel.Text("title")}' {target.Text("refId")}", target));

    /// <summary>What Grafana sends: the data source's address is put in front of it, with nothing in between.</summary>
    public string AddressWith(GrafanaValues values)
    {
        var query = string.Join('&', Parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(values.Fill(parameter.Value))}"));
        return values.Fill(Model.Text("url")) + (query.Length > 0 ? $"?{query}" : "");
    }
}

/// <param name="Selector">Where its value stands in a row, by dots.</param>
/// <param name="Text">By what name panels know it.</param>
/// <param name="Type">string, number, timestamp or boolean.</param>
internal sealed record GrafanaColumn(string Selector, string Text, string Type);
