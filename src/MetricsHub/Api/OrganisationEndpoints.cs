using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Which organisations to list.</summary>
/// <param name="Kind">Only this kind: nation, region, system, place, provider, practice or site.</param>
/// <param name="Parent">Only those directly below the organisation with this ODS code.</param>
/// <param name="Date">The day on which they are open and the tree is read; today in Europe/London by default.</param>
/// <param name="WithoutParent">
/// true: only those without a known parent on that day, which no sum over systems holds; with them the codes that figures are stated for
/// and the catalogue does not know.
/// </param>
internal sealed record OrganisationsRequest(string? Kind, string? Parent, string? Date, string? WithoutParent);

/// <summary>Which day to read the tree on.</summary>
/// <param name="Date">The day for parent and children; today in Europe/London by default.</param>
internal sealed record OrganisationRequest(string? Date);

internal sealed class OrganisationsRequestRules : AbstractValidator<OrganisationsRequest>
{
    public OrganisationsRequestRules(HubCatalogue catalogue)
    {
        RuleFor(request => request.Kind).IsWord(CatalogueWords.OrganisationKinds);
        RuleFor(request => request.Parent).IsOrganisation(catalogue);
        RuleFor(request => request.Date).IsDate();
        RuleFor(request => request.WithoutParent).IsBoolean();
    }
}

internal sealed class OrganisationRequestRules : AbstractValidator<OrganisationRequest>
{
    public OrganisationRequestRules() => RuleFor(request => request.Date).IsDate();
}

internal static class OrganisationEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("organisations").WithTags("Organisations");
        group.MapGet("", ListAsync).WithQuery<OrganisationsRequest>().JsonOnly();
        group.MapGet("{code}", Get).WithQuery<OrganisationRequest>().JsonOnly().CanBeMissing();
    }

    /// <summary>The organisations that are open on a day, each with its parent on that day.</summary>
    internal static async Task<Ok<OrganisationsAnswer>> ListAsync(
        [AsParameters] OrganisationsRequest request,
        HubCatalogue catalogue,
        UncataloguedOrganisations uncatalogued,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var tree = catalogue.Organisations;
        var date = ApiTime.DayOf(request.Date, clock);
        var found = (request.WithoutParent is "true" ? tree.WithoutParent(date) : tree.All.Where(organisation => organisation.Valid.Contains(date)))
            .Where(organisation => request.Kind is null || organisation.Kind == CatalogueWords.OrganisationKinds[request.Kind])
            .Where(organisation => request.Parent is null || tree.ParentOf(organisation.Code, date)?.Parent == new OrganisationCode(request.Parent.Trim()))
            .Where(organisation => request.WithoutParent is not "false" || tree.ParentOf(organisation.Code, date) is not null);
        // Of a code that the catalogue does not know nobody can say that it is of a kind.
        var others = request is { WithoutParent: "true", Kind: null, Parent: null } ? await uncatalogued.ListAsync(cancellationToken) : [];
        return TypedResults.Ok(new OrganisationsAnswer(
            date,
            [.. found.Select(organisation => OrganisationItem.Of(organisation, tree, date)), .. others.Select(code => OrganisationItem.OfUncatalogued(code, catalogue))],
            Next: null));
    }

    /// <summary>An organisation with every parent it ever had, its predecessors and successors, its children, whom it serves and who serves it on a day.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static Results<Ok<OrganisationAnswer>, ProblemHttpResult> Get(
        string code, [AsParameters] OrganisationRequest request, HubCatalogue catalogue, TimeProvider clock) =>
        Find(code, catalogue) is { } organisation
            ? TypedResults.Ok(OrganisationAnswer.Of(organisation, catalogue.Organisations, catalogue.SharedServices, ApiTime.DayOf(request.Date, clock)))
            : NotFound();

    internal static Organisation? Find(string code, HubCatalogue catalogue) =>
        OrganisationCode.TryParse(code, out var parsed) ? catalogue.Organisations.Find(parsed) : null;

    internal static ProblemHttpResult NotFound() => Problems.NotFound("There is no organisation with this code; see /api/v1/organisations.");
}
