namespace MetricsHub.Sources.Pushes;

/// <summary>What a row of a push says, in JSON and CSV alike.</summary>
internal static class RowFields
{
    public const string Metric = "metric";
    public const string Organisation = "organisation";
    public const string At = "at";
    public const string Value = "value";
    public const string Absence = "absence";

    private const int LongestQuote = 60;

    public static readonly IReadOnlyList<string> All = [Metric, Organisation, At, Value, Absence];

    /// <summary>What a caller wrote, not longer than a message can bear.</summary>
    public static string Cut(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
}
