using MetricsHub.Sources.Tables;

namespace MetricsHub.Catalogue.Rules;

/// <summary>The metrics that a table maps exist, each once, in a unit that the field's converts to.</summary>
internal static class TableReferenceRules
{
    /// <param name="known">The keys of all metrics; null where they could not be read whole.</param>
    public static IEnumerable<CatalogueError> Check(string file, TableEntry? table, MetricsFile metrics, HashSet<string>? known)
    {
        var units = metrics.Metrics.Where(metric => metric is { Key: not null, Unit: not null }).DistinctBy(metric => metric.Key).ToDictionary(metric => metric.Key!, metric => metric.Unit!);
        var seen = new HashSet<string>();
        foreach (var (index, figure) in (table?.Figures ?? []).Index())
        {
            if (figure.Metric is null || known is null)
            {
                continue;
            }

            if (!known.Contains(figure.Metric))
            {
                yield return new CatalogueError(file, $"table.figures[{index}].metric", $"there is no metric '{figure.Metric}'{Suggestion.For(figure.Metric, known)}");
            }
            else if (!seen.Add(figure.Metric))
            {
                yield return new CatalogueError(file, $"table.figures[{index}].metric", $"'{figure.Metric}' is mapped twice");
            }

            if (figure.Unit is { } unit && units.TryGetValue(figure.Metric, out var target) && UnitConversion.Between(unit, target) is null)
            {
                yield return new CatalogueError(file, $"table.figures[{index}].unit", $"'{unit}' does not convert to '{target}', the unit of '{figure.Metric}'");
            }
        }
    }
}
