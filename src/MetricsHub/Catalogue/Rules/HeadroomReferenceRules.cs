namespace MetricsHub.Catalogue.Rules;

/// <summary>What the headroom file names of other files: metrics, which have to go together, and service domains.</summary>
internal static class HeadroomReferenceRules
{
    /// <param name="domains">Null where they could not be read whole; then nothing named of them is checked. So with metrics.</param>
    public static IEnumerable<CatalogueError> Check(CatalogueFiles files, HashSet<string>? domains, HashSet<string>? metrics)
    {
        foreach (var (index, entry) in files.Headroom.Headroom.Index())
        {
            var path = $"headroom[{index}]";
            if (entry.ServiceDomain is { } domain && domains is not null && !domains.Contains(domain))
            {
                yield return new CatalogueError(CatalogueReader.HeadroomName, $"{path}.serviceDomain", $"unknown service domain '{domain}'");
            }

            if (metrics is null)
            {
                continue;
            }

            var named = new[] { ("capacity", entry.Capacity), ("used", entry.Used), ("free", entry.Free) }.Where(pair => pair.Item2 is not null).ToList();
            var known = named.Where(pair => metrics.Contains(pair.Item2!)).Select(pair => files.Metrics.Metrics.First(metric => metric.Key == pair.Item2)).ToList();
            foreach (var (field, key) in named.Where(pair => !metrics.Contains(pair.Item2!)))
            {
                yield return new CatalogueError(CatalogueReader.HeadroomName, $"{path}.{field}", $"unknown metric '{key}'");
            }

            if (known.Select(metric => metric.Cadence).Distinct().Count() > 1)
            {
                yield return new CatalogueError(CatalogueReader.HeadroomName, path, "its metrics are not of one cadence: they would never be of the same period");
            }
        }
    }
}
