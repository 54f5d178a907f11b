namespace MetricsHub.Catalogue.Rules;

/// <summary>What the checks name of other files: metrics, and units that some metric has.</summary>
internal static class CheckReferences
{
    /// <param name="unread">Files that could not be read whole; nothing that is named of them is checked.</param>
    public static IEnumerable<CatalogueError> Check(CatalogueFiles files, IReadOnlySet<string> unread)
    {
        if (unread.Contains(CatalogueReader.MetricsName))
        {
            return [];
        }

        var metrics = files.Metrics.Metrics.Select(metric => metric.Key).ToHashSet();
        var units = files.Metrics.Metrics.Select(metric => metric.Unit).ToHashSet();
        return
        [
            .. MetricsNamed(files.Checks)
                .Where(named => named.Key is not null && !metrics.Contains(named.Key))
                .Select(named => new CatalogueError(CatalogueReader.ChecksName, named.Path, $"unknown metric '{named.Key}'")),
            .. files.Checks.UnitSlips.Index()
                .SelectMany(slip => slip.Item.Units.Index(), (slip, unit) => (Path: $"unitSlips[{slip.Index}].units[{unit.Index}]", Unit: unit.Item))
                .Where(named => !units.Contains(named.Unit))
                .Select(named => new CatalogueError(CatalogueReader.ChecksName, named.Path, $"no metric has the unit '{named.Unit}'")),
        ];
    }

    private static IEnumerable<(string Path, string? Key)> MetricsNamed(ChecksFile checks)
    {
        foreach (var (index, entry) in checks.NotAbove.Index())
        {
            yield return ($"notAbove[{index}].part", entry.Part);
            yield return ($"notAbove[{index}].whole", entry.Whole);
        }

        foreach (var (index, entry) in checks.Parts.Index())
        {
            yield return ($"parts[{index}].total", entry.Total);
            foreach (var (part, key) in entry.Parts.Index())
            {
                yield return ($"parts[{index}].parts[{part}]", key);
            }
        }

        foreach (var (index, entry) in checks.UnitSlips.Index())
        {
            foreach (var (metric, key) in entry.Metrics.Index())
            {
                yield return ($"unitSlips[{index}].metrics[{metric}]", key);
            }
        }
    }
}
