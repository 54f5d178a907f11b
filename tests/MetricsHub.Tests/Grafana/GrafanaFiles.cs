using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace MetricsHub.Tests.Grafana;

/// <summary>The files that Grafana is provisioned with, by their paths below <c>grafana/</c>; a copy can be spoilt.</summary>
internal sealed class GrafanaFiles
{
    private readonly Dictionary<string, string> texts;

    private GrafanaFiles(Dictionary<string, string> texts)
    {
        this.texts = texts;
        Dashboards = texts.Where(file => file.Key.StartsWith("dashboards/", StringComparison.Ordinal))
            .OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => (file.Key, JsonNode.Parse(file.Value)!.AsObject()))
            .ToList();
    }

    public static GrafanaFiles Read()
    {
        var root = Path.Combine(Repository.Root, "grafana");
        return new GrafanaFiles(Directory.GetFiles(root, "*.*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText));
    }

    public IReadOnlyList<(string File, JsonObject Dashboard)> Dashboards { get; }

    public JsonObject DataSources => Yaml("provisioning/datasources/metricshub.yaml");

    public JsonObject Providers => Yaml("provisioning/dashboards/metricshub.yaml");

    public JsonObject Rules => Yaml("provisioning/alerting/rules.yaml");

    public JsonObject ContactPoints => Yaml("provisioning/alerting/contact-points.yaml");

    public JsonObject Policies => Yaml("provisioning/alerting/policies.yaml");

    /// <summary>The same files but for the first place at which a text stands in one of them; fails where it stands nowhere.</summary>
    public GrafanaFiles With(string file, string text, string by)
    {
        var index = texts[file].IndexOf(text, StringComparison.Ordinal);
        return index < 0
            ? throw new InvalidOperationException($"{file} does not hold '{text}'.")
            : new GrafanaFiles(new Dictionary<string, string>(texts) { [file] = string.Concat(texts[file].AsSpan(0, index), by, texts[file].AsSpan(index + text.Length)) });
    }

    private JsonObject Yaml(string file) =>
        ToJson(new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(texts[file]))!.AsObject();

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(pair => KeyValuePair.Create((string)pair.Key, ToJson(pair.Value)))),
        IEnumerable<object> list => new JsonArray([.. list.Select(ToJson)]),
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        var number => JsonValue.Create(Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
