using System.Globalization;
using System.Text.Json;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// One or more statements of InfluxQL. Every value is bound, none stands in the text; the names in it are the hub's own.
/// </summary>
internal sealed class InfluxQuery
{
    private readonly Dictionary<string, object> parameters = [];
    private readonly List<string> statements = [];

    public string Text => string.Join("; ", statements);

    /// <summary>The bound values as InfluxDB takes them.</summary>
    public string Parameters => JsonSerializer.Serialize(parameters);

    public static InfluxQuery Of(string statement) => new InfluxQuery().Add(statement);

    public InfluxQuery Add(string statement)
    {
        statements.Add(statement);
        return this;
    }

    /// <returns>The name by which a statement refers to the value.</returns>
    public string Bind(string value) => BindValue(value);

    public string Bind(long value) => BindValue(value);

    public string BindTime(DateTimeOffset instant) => BindValue(InfluxTime.NanosecondsOf(instant));

    /// <summary>A condition on a tag; true of any of the values.</summary>
    public string AnyOf(string tag, IEnumerable<string> values) =>
        $"({string.Join(" OR ", values.Select(value => $"{tag} = {Bind(value)}"))})";

    private string BindValue(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p{parameters.Count}");
        parameters.Add(name, value);
        return "$" + name;
    }
}
