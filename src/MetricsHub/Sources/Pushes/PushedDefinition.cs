using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Sources.Pushes;

/// <summary>What a source takes that is pushed to it.</summary>
/// <param name="Figures">The metrics that it states; rows of any other are refused.</param>
/// <param name="Organisations">The organisations that the catalogue knows; rows of any other are refused.</param>
/// <param name="Fhir">How reports in FHIR map to metrics; null where it takes none.</param>
internal sealed record PushedDefinition(
    IReadOnlyDictionary<MetricKey, TableFigure> Figures, IReadOnlySet<OrganisationCode> Organisations, FhirMapping? Fhir);

/// <summary>Which population of a measure report is which metric.</summary>
/// <param name="Measures">The measures whose reports are taken, by canonical address without version; empty for any.</param>
/// <param name="Populations">By the code of a population, or by those of its group and itself: <c>Beds/numTotBeds</c>.</param>
internal sealed record FhirMapping(IReadOnlySet<string> Measures, IReadOnlyDictionary<string, MetricKey> Populations);
