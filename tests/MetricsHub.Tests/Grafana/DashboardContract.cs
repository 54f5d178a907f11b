using System.Text.Json.Nodes;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Time;

namespace MetricsHub.Tests.Grafana;

/// <summary>
/// What dashboards and API owe each other: every query of every panel, variable and alarm is sent as Grafana would send it, and its answer
/// held to what is selected of it.
/// </summary>
internal sealed class DashboardContract(GrafanaFiles files, HubCatalogue catalogue, AnswerSchema schema, Func<string, Task<(int Status, string Body)>> ask, Period time)
{
    /// <summary>Everything that is wrong; nothing where all holds.</summary>
    /// <param name="chosen">What a reader has chosen, by variable; of others the current or the first value.</param>
    public async Task<List<string>> FindAsync(params (string Variable, string Value)[] chosen)
    {
        var faults = new List<string>();
        var panels = new PanelFaults(files, catalogue);
        faults.AddRange(files.Dashboards.GroupBy(entry => entry.Dashboard.Text("uid")).Where(group => group.Count() > 1).Select(group => $"the uid '{group.Key}' is that of several dashboards"));
        foreach (var (file, dashboard) in files.Dashboards)
        {
            faults.AddRange(panels.Find(file, dashboard));
            await AskDashboardAsync(file, dashboard, chosen, faults);
        }

        foreach (var rule in AlarmFaults.RulesIn(files))
        {
            faults.AddRange(AlarmFaults.Find(files, rule));
            faults.AddRange(AlarmFaults.FindInRows(AlarmFaults.QueryOf(rule), await AskAsync(AlarmFaults.QueryOf(rule), Values([]), faults)));
        }

        return faults;
    }

    private async Task AskDashboardAsync(string file, JsonObject dashboard, (string Variable, string Value)[] chosen, List<string> faults)
    {
        var variables = new Dictionary<string, string>();
        foreach (var variable in dashboard.Object("templating").List("list"))
        {
            var name = variable.Text("name");
            var value = chosen.FirstOrDefault(choice => choice.Variable == name).Value ?? variable.Object("current").Text("value");
            if (variable.Text("type") == "query")
            {
                var query = PanelFaults.QueryOf(file, variable);
                var field = variable.Object("query").Object("meta").Text("valueField");
                string[] options = [.. (await AskAsync(query, Values(variables), faults)).Select(row => row.Text(field))];
                value = options.Contains(value) ? value : options.FirstOrDefault("");
            }

            variables[name] = value;
        }

        foreach (var panel in dashboard.List("panels"))
        {
            foreach (var query in GrafanaQuery.Of(file, panel))
            {
                var rows = await AskAsync(query, Values(variables), faults);
                faults.AddRange(panel.Text("type") is "timeseries" or "state-timeline" ? AnswerFaults.FindBackwards(query, rows) : []);
                faults.AddRange(WordFaults.Find(panel, query, rows));
            }
        }
    }

    private GrafanaValues Values(Dictionary<string, string> variables) => new(variables, time);

    private async Task<IReadOnlyList<JsonObject>> AskAsync(GrafanaQuery query, GrafanaValues values, List<string> faults)
    {
        try
        {
            var address = query.AddressWith(values);
            var (status, body) = await ask(address);
            faults.AddRange(AnswerFaults.Find(query, address, status, body, schema));
            return status == 200 ? AnswerFaults.RowsOf(query, body) : [];
        }
        catch (FormatException exception)
        {
            faults.Add($"{query.Where}: {exception.Message}");
            return [];
        }
    }
}
