using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

internal static class MetricEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var metrics = routes.MapGroup("metrics").WithTags("Metrics");
        metrics.MapGet("", ListMetrics).WithoutQuery().JsonOnly();
        metrics.MapGet("{key}", GetMetric).WithoutQuery().JsonOnly().CanBeMissing();

        var indicators = routes.MapGroup("indicators").WithTags("Metrics");
        indicators.MapGet("", ListIndicators).WithoutQuery().JsonOnly();
        indicators.MapGet("{key}", GetIndicator).WithoutQuery().JsonOnly().CanBeMissing();

        routes.MapGet("service-domains", ListServiceDomains).WithTags("Metrics").WithoutQuery().JsonOnly();
    }

    /// <summary>Everything that is measured, by key.</summary>
    internal static Ok<Page<MetricItem>> ListMetrics(HubCatalogue catalogue) =>
        TypedResults.Ok(new Page<MetricItem>([.. catalogue.Metrics.Values.OrderBy(metric => metric.Key).Select(metric => MetricItem.Of(metric, catalogue))], Next: null));

    /// <summary>The definition of one metric.</summary>
    /// <param name="key">The metric's key.</param>
    internal static Results<Ok<MetricItem>, ProblemHttpResult> GetMetric(string key, HubCatalogue catalogue) =>
        MetricKey.TryParse(key, out var parsed) && catalogue.Metrics.TryGetValue(parsed, out var metric)
            ? TypedResults.Ok(MetricItem.Of(metric, catalogue))
            : Problems.NotFound("There is no metric with this key; see /api/v1/metrics.");

    /// <summary>Everything that is judged, and what it is made of; by key.</summary>
    internal static Ok<Page<IndicatorItem>> ListIndicators(HubCatalogue catalogue) =>
        TypedResults.Ok(new Page<IndicatorItem>(
            [.. catalogue.Indicators.Values.OrderBy(indicator => indicator.Key, StringComparer.Ordinal).Select(IndicatorItem.Of)], Next: null));

    /// <summary>The definition of one indicator.</summary>
    /// <param name="key">The indicator's key.</param>
    internal static Results<Ok<IndicatorItem>, ProblemHttpResult> GetIndicator(string key, HubCatalogue catalogue) =>
        catalogue.Indicators.TryGetValue(key, out var indicator)
            ? TypedResults.Ok(IndicatorItem.Of(indicator))
            : Problems.NotFound("There is no indicator with this key; see /api/v1/indicators.");

    /// <summary>The service domains: a closed list, to one of which each metric and each indicator belongs.</summary>
    internal static Ok<Page<ServiceDomainItem>> ListServiceDomains(HubCatalogue catalogue) =>
        TypedResults.Ok(new Page<ServiceDomainItem>(
            [.. catalogue.ServiceDomains.Select(domain => new ServiceDomainItem(domain.Key, domain.Name))], Next: null));
}
