using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Catalogue.Rules;

/// <summary>What can be said of a framework only once it is built: that nothing carries its level alone, and that its grid is met.</summary>
internal static class CorroborationRules
{
    public static IEnumerable<CatalogueError> Check(IReadOnlyDictionary<string, FrameworkFile> files, HubCatalogue catalogue) =>
        files.Keys.Zip(catalogue.Frameworks).SelectMany(pair => Carriers(pair.First, pair.Second, catalogue).Concat(Cadences(pair.First, pair.Second, catalogue)));

    private static IEnumerable<CatalogueError> Carriers(string file, Framework framework, HubCatalogue catalogue) =>
        Corroboration.FindCarriers(framework, indicator => catalogue.Indicators[indicator].ServiceDomain)
            .Select(carrier => new CatalogueError(file, "levels", carrier.ToString()));

    private static IEnumerable<CatalogueError> Cadences(string file, Framework framework, HubCatalogue catalogue)
    {
        foreach (var (index, parameter) in framework.Parameters.Index().Where(parameter => parameter.Item.MaximumAge is null))
        {
            var other = catalogue.Indicators[parameter.Indicator].Formulas
                .SelectMany(formula => formula.Metrics)
                .Select(metric => catalogue.Metrics[metric])
                .FirstOrDefault(metric => metric.Cadence != framework.Grid);
            if (other is Metric metric)
            {
                yield return new CatalogueError(
                    file, $"parameters[{index}].maximumAge",
                    $"is required: '{metric.Key}' is stated by the {metric.Cadence.ToWord()}, and the grid is the {framework.Grid.ToWord()}");
            }
        }
    }
}
