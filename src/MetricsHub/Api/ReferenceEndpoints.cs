using MetricsHub.Catalogue;
using MetricsHub.Domain.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>A place at which a publication says something else than the catalogue, which holds.</summary>
/// <param name="Subject">The code of an organisation, two of them, or a date.</param>
/// <param name="Field">What they differ in: name, kind, valid-from, valid-to, successor, title or date.</param>
/// <param name="Catalogue">What the catalogue says; blank where it says nothing.</param>
/// <param name="Stated">What the publication says; blank where it leaves out what the catalogue has.</param>
/// <param name="Source">Which file says it, and of which source it is.</param>
internal sealed record ReferenceConflictItem(string Subject, string Field, string Catalogue, string Stated, string Source)
{
    public static ReferenceConflictItem Of(ReferenceConflict conflict) =>
        new(conflict.Subject, conflict.Field, conflict.Catalogue, conflict.Stated, conflict.Source);
}

internal static class ReferenceEndpoints
{
    public static void MapReference(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("reference").WithTags("Reference").MapGet("conflicts", List).WithoutQuery().JsonOnly();

    /// <summary>
    /// Where what has been collected of organisations and bank holidays differs from the catalogue, as of the hub's start. The catalogue
    /// holds; somebody has to look.
    /// </summary>
    internal static Ok<Page<ReferenceConflictItem>> List(HubCatalogue catalogue) =>
        TypedResults.Ok(new Page<ReferenceConflictItem>([.. catalogue.Reference.Conflicts.Select(ReferenceConflictItem.Of)], Next: null));
}
