using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Sources.Dos;

/// <summary>A service of the Directory of Services whose capacity status is asked for.</summary>
/// <param name="Id">Its number in the directory: digits.</param>
/// <param name="Metric">The capacity status of its service domain.</param>
internal sealed record DosService(string Id, OrganisationCode Organisation, MetricKey Metric);
