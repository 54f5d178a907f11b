using MetricsHub.Catalogue;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

internal static class FrameworkEndpoints
{
    public static void MapFrameworks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("frameworks").WithTags("Escalation");
        group.MapGet("", ListAsync).WithoutQuery().JsonOnly();
        group.MapGet("{key}", GetAsync).WithoutQuery().JsonOnly().CanBeMissing();
        group.MapDifferences();
    }

    /// <summary>The rule sets by which levels are calculated, every version of each, with the provenance of every number.</summary>
    internal static async Task<Ok<Page<FrameworkItem>>> ListAsync(HubCatalogue catalogue, ILedger ledger, CancellationToken cancellationToken)
    {
        var entries = await ledger.ListRulesAsync(framework: null, cancellationToken);
        return TypedResults.Ok(new Page<FrameworkItem>(
            [.. catalogue.Frameworks.Select(framework => FrameworkItem.Of(catalogue.RulesOf(framework), entries))], Next: null));
    }

    /// <summary>Every version of one framework, newest first.</summary>
    /// <param name="key">The framework's key.</param>
    internal static async Task<Results<Ok<Page<FrameworkItem>>, ProblemHttpResult>> GetAsync(
        string key, HubCatalogue catalogue, ILedger ledger, CancellationToken cancellationToken)
    {
        var entries = await ledger.ListRulesAsync(key, cancellationToken);
        FrameworkItem[] versions =
        [
            .. catalogue.Frameworks
                .Where(framework => framework.Key == key)
                .OrderByDescending(framework => framework.Valid.From ?? DateOnly.MinValue)
                .Select(framework => FrameworkItem.Of(catalogue.RulesOf(framework), entries)),
        ];
        return versions.Length > 0
            ? TypedResults.Ok(new Page<FrameworkItem>(versions, Next: null))
            : Problems.NotFound("There is no framework with this key; see /api/v1/frameworks.");
    }
}
