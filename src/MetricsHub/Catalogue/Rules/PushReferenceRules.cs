namespace MetricsHub.Catalogue.Rules;

/// <summary>The metrics that are pushed to a source exist, each named once; and reports in FHIR map to none but them.</summary>
internal static class PushReferenceRules
{
    /// <param name="known">The keys of all metrics; null where they could not be read whole.</param>
    public static IEnumerable<CatalogueError> Check(string file, SourceFile source, HashSet<string>? known)
    {
        foreach (var (index, metric) in source.Metrics.Index())
        {
            if (known?.Contains(metric) == false)
            {
                yield return new CatalogueError(file, $"metrics[{index}]", $"there is no metric '{metric}'{Suggestion.For(metric, known)}");
            }
            else if (source.Metrics.IndexOf(metric) < index)
            {
                yield return new CatalogueError(file, $"metrics[{index}]", $"'{metric}' is named twice");
            }
        }

        foreach (var (population, metric) in source.Fhir?.Populations ?? [])
        {
            if (!source.Metrics.Contains(metric))
            {
                yield return new CatalogueError(
                    file, $"fhir.populations.{population}", $"'{metric}' is not among the source's metrics{Suggestion.For(metric, [.. source.Metrics])}");
            }
        }
    }
}
