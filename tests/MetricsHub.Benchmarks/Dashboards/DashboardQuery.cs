using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetricsHub.Benchmarks.Dashboards;

/// <summary>One query as the Infinity data source holds it.</summary>
/// <param name="Path">From the hub's root, with variables and macros that are not filled in yet.</param>
/// <param name="Rows">Where in the answer the rows are: names with points between; empty for the answer itself.</param>
internal sealed partial record DashboardQuery(string Path, IReadOnlyList<KeyValuePair<string, string>> Parameters, string Rows)
{
    public static DashboardQuery Of(JsonElement target) => new(
        target.GetProperty("url").GetString()!,
        [
            .. target.TryGetProperty("url_options", out var options) && options.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Array
                ? parameters.EnumerateArray().Select(each => KeyValuePair.Create(each.GetProperty("key").GetString()!, each.GetProperty("value").GetString()!))
                : [],
        ],
        target.TryGetProperty("root_selector", out var rows) ? rows.GetString() ?? "" : "");

    /// <summary>The address to ask, as Grafana fills it in.</summary>
    public string Fill(IReadOnlyDictionary<string, string> variables, DateTimeOffset from, DateTimeOffset to)
    {
        var address = Filled(Path);
        foreach (var (key, value) in Parameters)
        {
            address += $"{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(key)}={Uri.EscapeDataString(Filled(value))}";
        }

        return address;

        string Filled(string text) => Placeholder().Replace(text, match => (match.Groups[1].Success ? match.Groups[1].Value : match.Groups[3].Value) switch
        {
            "__timeFrom" or "__from" => TimeText(from, match.Groups[2].Value),
            "__timeTo" or "__to" => TimeText(to, match.Groups[2].Value),
            var name when variables.TryGetValue(name, out var value) => value,
            var name => throw new InvalidOperationException($"'{Path}' asks for the variable '{name}', which the dashboard has not."),
        });
    }

    public IEnumerable<JsonElement> RowsOf(JsonElement answer)
    {
        foreach (var name in Rows.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            answer = answer.GetProperty(name);
        }

        return answer.EnumerateArray();
    }

    private static string TimeText(DateTimeOffset time, string format) => format switch
    {
        "date" or "date:iso" => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        "date:seconds" => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        "date:YYYY-MM-DD" => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "" => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"The form '{format}' of a time is not known."),
    };

    // ${name}, ${name:form} and $name.
    [GeneratedRegex(@"\$\{(\w+)(?::([\w:-]+))?\}|\$(\w+)")]
    private static partial Regex Placeholder();
}
