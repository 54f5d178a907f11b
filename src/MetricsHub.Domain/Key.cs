namespace MetricsHub.Domain;

/// <summary>The one rule for names that the catalogue gives: 1 to 80 lower-case letters and digits, in words joined by single hyphens.</summary>
public static class Key
{
    public static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= 80 }
        && text[0] != '-'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal)
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    /// <exception cref="FormatException">The text is not a key.</exception>
    internal static string Checked(string text, string what) =>
        IsValid(text)
            ? text
            : throw new FormatException($"'{text}' is not a {what}: expected lower-case letters and digits in words joined by hyphens.");
}
