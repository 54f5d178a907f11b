namespace MetricsHub.Catalogue;

/// <summary>
/// How the indicators file writes the terms of a sum: a metric's key, with a leading minus where it is taken away, and times another where
/// it is multiplied: <c>handover-mean * handovers</c>.
/// </summary>
internal static class IndicatorTerms
{
    private const char Times = '*';

    public static bool IsSubtracted(string term) => term.StartsWith('-');

    public static string MetricOf(string term) => MetricsOf(term)[0];

    /// <summary>The key of the metric that it is multiplied by; null where it stands alone.</summary>
    public static string? TimesOf(string term) => MetricsOf(term) is [_, var times] ? times : null;

    /// <summary>One key, or two that are multiplied; of more only the first two, the second with what follows it, which is no key.</summary>
    public static string[] MetricsOf(string term) =>
        (IsSubtracted(term) ? term[1..] : term).Split(Times, 2, StringSplitOptions.TrimEntries);
}
