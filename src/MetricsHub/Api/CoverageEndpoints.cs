using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

internal static class CoverageEndpoints
{
    public static void MapCoverage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("coverage", GetAsync).WithTags("Sources").WithQuery<CoverageRequest>().JsonOnly();

    /// <summary>For how many of the integrated care systems there are figures, by month and service domain.</summary>
    internal static async Task<Ok<CoverageAnswer>> GetAsync(
        [AsParameters] CoverageRequest request, CoverageReader reader, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.ReadAsync(CoverageMonths.Of(request, clock), request.Simulated is "true", cancellationToken));
}
