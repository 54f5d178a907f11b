using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MetricsHub.Tests.Grafana;

/// <summary>Holds the rules of alarms to what Grafana asks of a table, and to what this hub asks of an alarm: silence alarms.</summary>
internal static partial class AlarmFaults
{
    public static IEnumerable<JsonObject> RulesIn(GrafanaFiles files) => files.Rules.List("groups").SelectMany(group => group.List("rules"));

    public static GrafanaQuery QueryOf(JsonObject rule) =>
        new($"alarm {rule.Text("uid")}", rule.List("data").First(data => data.Text("datasourceUid") != "__expr__").Object("model"));

    public static IEnumerable<string> Find(GrafanaFiles files, JsonObject rule)
    {
        var (where, data, query) = ($"alarm {rule.Text("uid")}", rule.List("data"), QueryOf(rule));
        var sources = files.DataSources.List("datasources").Select(source => source.Text("uid")).Append("__expr__").ToHashSet();
        var references = data.Select(each => each.Text("refId")).ToHashSet();
        var labels = query.Columns.Where(column => column.Type == "string").Select(column => column.Text).ToHashSet();
        var dashboard = files.Dashboards.FirstOrDefault(entry => entry.Dashboard.Text("uid") == rule.Object("annotations").Text("__dashboardUid__")).Dashboard;
        return
        [
            .. (rule.Text("noDataState"), rule.Text("execErrState")) == ("Alerting", "Alerting") ? [] : new[] { $"{where}: silence does not alarm" },
            .. references.Contains(rule.Text("condition")) ? [] : new[] { $"{where}: its condition does not exist" },
            .. data.Select(each => each.Text("datasourceUid")).Where(uid => !sources.Contains(uid)).Select(uid => $"{where}: its data source '{uid}' is not provisioned"),
            .. data.Select(each => each.Object("model").Text("expression")).Where(name => name.Length > 0 && !references.Contains(name)).Select(name => $"{where}: its expression '{name}' does not exist"),
            .. query.Columns.Count(column => column.Type == "number") == 1 ? [] : new[] { $"{where}: has not exactly one number" },
            .. query.Columns.Any(column => column.Type is not ("number" or "string")) ? new[] { $"{where}: has a column that is neither a number nor a label" } : [],
            .. query.Columns.Where(column => column.Selector != column.Text).Select(column => $"{where}: renames '{column.Selector}'"),
            .. rule.Object("labels").Texts().Any(text => text.Contains('$', StringComparison.Ordinal)) ? new[] { $"{where}: a label holds a $, which is taken for a variable of the environment" } : [],
            .. rule.Object("annotations").Texts().SelectMany(text => Label().Matches(text)).Select(match => match.Groups[1].Value).Where(name => !labels.Contains(name)).Select(name => $"{where}: names the label '{name}', which no row has"),
            .. dashboard is not null && dashboard.List("panels").Any(panel => panel.Text("id") == rule.Object("annotations").Text("__panelId__")) ? [] : new[] { $"{where}: leads to no panel" },
            .. rule.Object("annotations").Text("summary").Length > 0 && rule.Object("annotations").Text("description").Length > 0 ? [] : new[] { $"{where}: does not say what it means" },
        ];
    }

    /// <summary>Rows that bear the same labels are one and the same to Grafana.</summary>
    public static IEnumerable<string> FindInRows(GrafanaQuery query, IReadOnlyList<JsonObject> rows)
    {
        var labels = query.Columns.Where(column => column.Type == "string").Select(column => column.Selector).ToList();
        return rows.Select(row => string.Join('|', labels.Select(label => row.Text(label)))).Distinct().Count() == rows.Count ? [] : [$"{query.Where}: labels are not unique"];
    }

    [GeneratedRegex(@"\$labels\.(\w+)")]
    private static partial Regex Label();
}
