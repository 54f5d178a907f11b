using MetricsHub.Catalogue;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

internal static class FrameworkEndpoints
{
    public static void MapFrameworks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("frameworks").WithTags("Escalation");
        group.MapGet("", List).WithoutQuery().JsonOnly();
        group.MapGet("{key}", Get).WithoutQuery().JsonOnly().CanBeMissing();
        group.MapDifferences();
    }

    /// <summary>The rule sets by which levels are calculated, every version of each, with the provenance of every number.</summary>
    internal static Ok<Page<FrameworkItem>> List(HubCatalogue catalogue) =>
        TypedResults.Ok(new Page<FrameworkItem>([.. catalogue.Frameworks.Select(FrameworkItem.Of)], Next: null));

    /// <summary>Every version of one framework, newest first.</summary>
    /// <param name="key">The framework's key.</param>
    internal static Results<Ok<Page<FrameworkItem>>, ProblemHttpResult> Get(string key, HubCatalogue catalogue)
    {
        FrameworkItem[] versions =
        [
            .. catalogue.Frameworks
                .Where(framework => framework.Key == key)
                .OrderByDescending(framework => framework.Valid.From ?? DateOnly.MinValue)
                .Select(FrameworkItem.Of),
        ];
        return versions.Length > 0
            ? TypedResults.Ok(new Page<FrameworkItem>(versions, Next: null))
            : Problems.NotFound("There is no framework with this key; see /api/v1/frameworks.");
    }
}
