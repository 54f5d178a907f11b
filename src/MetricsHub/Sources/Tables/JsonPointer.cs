using System.Globalization;
using System.Text.Json;

namespace MetricsHub.Sources.Tables;

/// <summary>Where something stands in a JSON document (RFC 6901): <c>/data/sites/0</c>; empty for the document itself.</summary>
internal sealed record JsonPointer(string[] Steps)
{
    /// <param name="text">Empty, or starting with a slash.</param>
    public static JsonPointer Parse(string text) => new(
    [
        .. text.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
    ]);

    /// <summary>A field of a row: a pointer relative to it, or simply the name of a property.</summary>
    public static JsonPointer OfField(string field) => field.StartsWith('/') ? Parse(field) : new([field]);

    /// <summary>What stands there; null where nothing does.</summary>
    public JsonElement? Find(JsonElement from)
    {
        var at = from;
        foreach (var step in Steps)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var property))
            {
                at = property;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }
}
