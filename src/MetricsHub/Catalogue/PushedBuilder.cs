using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources.Pushes;

namespace MetricsHub.Catalogue;

/// <summary>Turns what a source says of pushes into what their parser reads by. Reports nothing, as <see cref="CatalogueBuilder"/>.</summary>
internal static class PushedBuilder
{
    public static PushedDefinition Build(SourceFile source, MetricsFile metrics, IReadOnlySet<OrganisationCode> organisations)
    {
        var byKey = metrics.Metrics.ToDictionary(metric => metric.Key!);
        return new PushedDefinition(
            source.Metrics.ToDictionary(key => new MetricKey(key), key => TableBuilder.ToFigure(byKey[key], RowFields.Value, unit: null)),
            organisations,
            source.Fhir is { } fhir ? new FhirMapping(fhir.Measures.ToHashSet(), fhir.Populations.ToDictionary(pair => pair.Key, pair => new MetricKey(pair.Value))) : null);
    }
}
