using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Observations;

/// <summary>One time series: a metric for an organisation.</summary>
public readonly record struct SeriesKey(MetricKey Metric, OrganisationCode Organisation)
{
    public override string ToString() => $"{Metric}@{Organisation}";
}
