using System.Text.Json;

namespace MetricsHub.Sources.Ods;

/// <summary>
/// Reads the directory's JSON as it comes: what is empty is left out, a list of one can be the one, and a list stands either by itself or
/// in an object of its own name.
/// </summary>
internal static class RecordReading
{
    /// <summary>The text at the end of a path; null where any part of it is missing.</summary>
    public static string? Text(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString()!.Trim() : null;
    }

    /// <summary>The entries at the end of a path, none where any part of it is missing.</summary>
    public static List<JsonElement> List(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                break;
            }

            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return [];
            }
        }

        return element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [element];
    }

    /// <summary>Whether a field is true, as a word or as a value.</summary>
    public static bool IsTrue(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));
}
