using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Tests.Grafana;

/// <summary>Holds panels to what can be told without a hub: that they say what they are, and name only what exists.</summary>
internal sealed partial class PanelFaults(GrafanaFiles files, HubCatalogue catalogue)
{
    private static readonly string[] Builtin = ["__timeFrom", "__timeTo", "__url_time_range", "__data"];

    private readonly HashSet<string> sources = [.. files.DataSources.List("datasources").Select(source => source.Text("uid"))];

    public IEnumerable<string> Find(string file, JsonObject dashboard)
    {
        var variables = dashboard.Object("templating").List("list").Select(variable => variable.Text("name")).ToHashSet();
        return
        [
            .. dashboard.Text("schemaVersion") == "41" ? [] : new[] { $"{file}: is not of schema version 41" },
            .. dashboard.Text("description").Length > 0 ? [] : new[] { $"{file}: has no description" },
            .. dashboard.Object("templating").List("list").SelectMany(variable => FindInVariable(file, variable)),
            .. dashboard.List("panels").SelectMany(panel => FindInPanel($"{file} '{panel.Text("title")}'", file, panel)),
            .. dashboard.With("url").Select(link => link.Text("url")).Where(url => !url.StartsWith("/api/", StringComparison.Ordinal)).SelectMany(url => FindInLink(file, url)),
            .. dashboard.Texts().SelectMany(GrafanaValues.NamesIn).Distinct().Where(name => !variables.Contains(name) && !Builtin.Contains(name)).Select(name => $"{file}: names '{name}', which is no variable"),
        ];
    }

    private IEnumerable<string> FindInPanel(string where, string file, JsonObject panel)
    {
        var queries = GrafanaQuery.Of(file, panel).ToList();
        var columns = queries.SelectMany(query => query.Columns).Select(column => column.Text).ToHashSet();
        var defaults = panel.Object("fieldConfig").Object("defaults");
        return
        [
            .. panel.Text("title").Length > 0 && panel.Text("description").Length > 0 ? [] : new[] { $"{where}: has no title or no description" },
            .. defaults.Text("unit").Length > 0 ? [] : new[] { $"{where}: has no unit" },
            .. queries.Count > 0 ? [] : new[] { $"{where}: has no query" },
            .. queries.SelectMany(FindInQuery),
            .. sources.Contains(panel.Object("datasource").Text("uid")) ? [] : new[] { $"{where}: its data source '{panel.Object("datasource").Text("uid")}' is not provisioned" },
            .. FindColours(where, defaults, panel.Object("fieldConfig").List("overrides")),
            .. NamesIn(panel, queries).Where(name => !columns.Contains(name)).Select(name => $"{where}: names the field '{name}', which none of its queries has"),
        ];
    }

    private IEnumerable<string> FindInQuery(GrafanaQuery query) =>
    [
        .. sources.Contains(query.Model.Object("datasource").Text("uid")) ? [] : new[] { $"{query.Where}: its data source '{query.Model.Object("datasource").Text("uid")}' is not provisioned" },
        .. (query.Model.Text("parser"), query.Model.Text("source"), query.Model.Text("format")) == ("backend", "url", "table") ? [] : new[] { $"{query.Where}: is not read by the backend, from a URL, as a table" },
        .. query.Model.Text("url").StartsWith("/api/v1/", StringComparison.Ordinal) ? [] : new[] { $"{query.Where}: does not ask the API" },
        .. query.Columns.Count > 0 ? [] : new[] { $"{query.Where}: selects no column" },

        // Infinity names a field by either; where both are the same it cannot matter.
        .. query.Columns.Where(column => column.Selector != column.Text).Select(column => $"{query.Where}: renames '{column.Selector}'"),
        .. query.Parameters.Where(parameter => !parameter.Value.Contains('$', StringComparison.Ordinal) && !IsKnown(parameter.Key, parameter.Value)).Select(parameter => $"{query.Where}: there is no {parameter.Key} '{parameter.Value}' in the catalogue"),
    ];

    private IEnumerable<string> FindInVariable(string file, JsonObject variable)
    {
        var (name, current) = (variable.Text("name"), variable.Object("current").Text("value"));
        return
        [
            .. variable.Text("description").Length > 0 ? [] : new[] { $"{file} variable {name}: has no description" },
            .. current.Length == 0 || IsKnown(name, current) ? [] : new[] { $"{file} variable {name}: there is no '{current}' in the catalogue" },
            .. variable.Text("type") == "query" ? FindInQuery(QueryOf(file, variable)) : [],
            .. variable.Text("type") == "query" && !sources.Contains(variable.Object("datasource").Text("uid")) ? new[] { $"{file} variable {name}: its data source '{variable.Object("datasource").Text("uid")}' is not provisioned" } : [],
        ];
    }

    internal static GrafanaQuery QueryOf(string file, JsonObject variable) =>
        new($"{file} variable {variable.Text("name")}", variable.Object("query").Object("infinityQuery"));

    private bool IsKnown(string name, string value) => value.Length == 0 || name switch
    {
        "metric" => MetricKey.TryParse(value, out var key) && catalogue.Metrics.ContainsKey(key),
        "indicator" => catalogue.Indicators.ContainsKey(value),
        "framework" => catalogue.Frameworks.Any(framework => framework.Key == value),
        "serviceDomain" => catalogue.ServiceDomains.Any(domain => domain.Key == value),
        "system" or "organisation" => catalogue.Organisations.All.Any(organisation => organisation.Code.ToString() == value),
        _ => true,
    };

    /// <summary>Where a colour tells something a text tells it too.</summary>
    private static IEnumerable<string> FindColours(string where, JsonObject defaults, IReadOnlyList<JsonObject> overrides)
    {
        if (defaults.Object("color").Text("mode") == "thresholds" && defaults.List("mappings").Count == 0)
        {
            yield return $"{where}: is coloured by thresholds and maps nothing to text";
        }

        foreach (var properties in overrides.Select(each => each.List("properties")))
        {
            var colours = properties.Any(property => property.Text("id") is "custom.cellOptions" or "thresholds");
            if (colours && !properties.Any(property => property.Text("id") == "mappings" && property.List("value").Count > 0))
            {
                yield return $"{where}: colours a field and maps nothing of it to text";
            }
        }

        if (defaults.With("color").Concat(overrides.SelectMany(each => each.With("color"))).Any(result => result.ContainsKey("index") && result.Text("text").Length == 0))
        {
            yield return $"{where}: maps something to a colour and to no text";
        }
    }

    /// <summary>Every field that a panel names, wherever it does.</summary>
    private static IEnumerable<string> NamesIn(JsonObject panel, List<GrafanaQuery> queries)
    {
        var renamed = panel.List("transformations").SelectMany(each => each.Object("options").Object("renameByName")).ToDictionary(pair => $"{pair.Value}", pair => pair.Key);
        var references = queries.Select(query => query.Model.Text("refId")).ToHashSet();
        return panel.Object("fieldConfig").List("overrides").Select(each => each.Object("matcher")).Where(matcher => matcher.Text("id") != "byFrameRefID" || !references.Contains(matcher.Text("options"))).Select(matcher => matcher.Text("options"))
            .Concat(panel.List("transformations").SelectMany(each => new[] { "indexByName", "excludeByName", "renameByName" }.SelectMany(part => each.Object("options").Object(part).Select(pair => pair.Key))))
            .Concat(panel.Texts().SelectMany(text => DataField().Matches(text)).Select(match => match.Groups[1].Value))
            .Concat(panel.Object("options").Object("reduceOptions").Text("fields") is { Length: > 0 } fields ? [fields.Trim('/').TrimStart('^').TrimEnd('$')] : [])
            .Concat(panel.Object("options").List("sortBy").Select(sort => renamed.GetValueOrDefault(sort.Text("displayName"), sort.Text("displayName"))))
            .Distinct();
    }

    private IEnumerable<string> FindInLink(string file, string url)
    {
        if (url.StartsWith("${hub}", StringComparison.Ordinal))
        {
            yield break;
        }

        var target = files.Dashboards.FirstOrDefault(entry => url.Split('?')[0] == $"/d/{entry.Dashboard.Text("uid")}").Dashboard;
        if (target is null)
        {
            yield return $"{file}: links to '{url}', which is no dashboard";
            yield break;
        }

        var variables = target.Object("templating").List("list").Select(variable => variable.Text("name")).ToHashSet();
        foreach (var name in LinkVariable().Matches(url).Select(match => match.Groups[1].Value).Where(name => !variables.Contains(name)))
        {
            yield return $"{file}: links to {target.Text("uid")} with the variable '{name}', which it does not have";
        }
    }

    [GeneratedRegex(@"__data\.fields\.(\w+)")]
    private static partial Regex DataField();

    [GeneratedRegex(@"var-(\w+)=")]
    private static partial Regex LinkVariable();
}
