using System.Text;
using System.Text.RegularExpressions;

namespace MetricsHub.Sources;

/// <summary>
/// Makes the names that one column has had over the years equal. Publishers retype their header rows: case, spaces, underscores,
/// dashes, <c>&amp;</c>, plurals, <c>12+ hrs</c> or <c>12_plus_hours</c> or <c>12+ hs</c>. Columns are found by this name and never
/// by their position.
/// </summary>
internal static partial class ColumnName
{
    public static string Normalise(string header)
    {
        // "A&E" is one word: without this it would be two letters, of which "A" alone means nothing.
        var text = header.ToLowerInvariant()
            .Replace("&", "", StringComparison.Ordinal)
            .Replace("+", " plus ", StringComparison.Ordinal)
            .Replace("<", " lt ", StringComparison.Ordinal)
            .Replace(">", " gt ", StringComparison.Ordinal)
            .Replace("%", " percentage ", StringComparison.Ordinal);
        var name = new StringBuilder(text.Length);
        foreach (Match word in Word().Matches(text))
        {
            name.Append(Same(word.Value));
        }

        return name.ToString();
    }

    private static string Same(string word) => word switch
    {
        "h" or "hs" or "hr" or "hrs" or "hour" or "hours" => "h",

        // An export of April 2025 wrote 0 for every dash: "Type 1 Departments 0 Major A&E".
        "and" or "to" or "0" => "",
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };

    [GeneratedRegex("[a-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
