using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources.Pushes;

namespace MetricsHub.Catalogue;

/// <summary>Turns what a source says of pushes into what their parser reads by. Reports nothing, as <see cref="CatalogueBuilder"/>.</summary>
internal static class PushedBuilder
{
    public static PushedDefinition Build(SourceFile source, CatalogueFiles files)
    {
        var byKey = files.Metrics.Metrics.ToDictionary(metric => metric.Key!);
        return new PushedDefinition(
            source.Metrics.ToDictionary(key => new MetricKey(key), key => TableBuilder.ToFigure(byKey[key], RowFields.Value, unit: null)),
            files.Organisations.Select(row => new OrganisationCode(row.Code)).ToHashSet(),
            source.Fhir is { } fhir ? new FhirMapping(fhir.Measures.ToHashSet(), fhir.Populations.ToDictionary(pair => pair.Key, pair => new MetricKey(pair.Value))) : null);
    }
}
