namespace MetricsHub.Catalogue;

/// <summary>How the indicators file writes the terms of a sum: a metric's key, with a leading minus where it is taken away.</summary>
internal static class IndicatorTerms
{
    public static bool IsSubtracted(string term) => term.StartsWith('-');

    public static string MetricOf(string term) => IsSubtracted(term) ? term[1..] : term;
}
