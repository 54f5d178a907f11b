using System.Globalization;
using System.Text;

namespace MetricsHub.Moving;

/// <summary>One thing that an installation holds, in a form that does not depend on what keeps it.</summary>
/// <param name="Place">By which a person finds it.</param>
/// <param name="Content">All that is to be equal.</param>
internal readonly record struct Entry(string Place, string Content)
{
    /// <summary>Values one after the other, each with its length, so that no two lists of values have the same text.</summary>
    public static string Text(params IEnumerable<object?> values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            var one = Text(value);
            text.Append(CultureInfo.InvariantCulture, $"{(one is null ? "-" : one.Length)}:").Append(one);
        }

        return text.ToString();
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        DateTimeOffset instant => Text(instant.UtcDateTime),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
