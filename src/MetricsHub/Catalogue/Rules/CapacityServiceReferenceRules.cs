namespace MetricsHub.Catalogue.Rules;

/// <summary>The metrics and the organisations of a source's services exist.</summary>
internal static class CapacityServiceReferenceRules
{
    /// <param name="metrics">The keys of all metrics; null where they could not be read whole.</param>
    /// <param name="organisations">The codes of all organisations; null where they could not be read whole.</param>
    public static IEnumerable<CatalogueError> Check(string file, SourceFile source, HashSet<string>? metrics, HashSet<string>? organisations)
    {
        foreach (var (index, service) in source.Services.Index())
        {
            if (service.Metric is { } metric && metrics?.Contains(metric) == false)
            {
                yield return new CatalogueError(file, $"services[{index}].metric", $"there is no metric '{metric}'{Suggestion.For(metric, metrics)}");
            }

            if (service.Organisation is { } code && organisations?.Contains(code) == false)
            {
                yield return new CatalogueError(file, $"services[{index}].organisation", $"unknown organisation '{code}'");
            }
        }
    }
}
