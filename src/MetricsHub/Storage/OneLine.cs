namespace MetricsHub.Storage;

/// <summary>Text that others wrote, for logs and for the record of actions: nothing in it begins a line of its own or rules a terminal.</summary>
internal static class OneLine
{
    /// <summary>Each control character and each separator of lines becomes a space.</summary>
    public static string Of(string text) =>
        text.Any(IsBreak) ? string.Create(text.Length, text, static (line, from) =>
        {
            for (var at = 0; at < line.Length; at++)
            {
                line[at] = IsBreak(from[at]) ? ' ' : from[at];
            }
        })
        : text;

    private static bool IsBreak(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
