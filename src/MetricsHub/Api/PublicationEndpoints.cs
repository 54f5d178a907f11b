using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Which publications to list.</summary>
/// <param name="Source">Only those of the source with this key.</param>
/// <param name="Limit">How many to a page: 1 to 1000, 100 by default.</param>
/// <param name="Cursor">Where to go on, from the page before.</param>
internal sealed record PublicationsRequest(string? Source, string? Limit, string? Cursor);

internal sealed class PublicationsRequestRules : AbstractValidator<PublicationsRequest>
{
    public PublicationsRequestRules(HubCatalogue catalogue)
    {
        RuleFor(request => request.Source).IsSource(catalogue);
        RuleFor(request => request.Limit).IsLimit();
        RuleFor(request => request.Cursor)
            .Must(text => text is null || Cursor.TryParse(text, out long _)).WithMessage("Not a cursor of this list.");
    }
}

internal static class PublicationEndpoints
{
    public static void MapPublications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("publications").WithTags("Publications");
        group.MapGet("", ListAsync).WithQuery<PublicationsRequest>().JsonOnly();
        group.MapGet("{id}", GetAsync).WithoutQuery().JsonOnly().CanBeMissing();
    }

    /// <summary>What was collected, newest arrival first: names, hash, what became of every row, and whether it adds up.</summary>
    internal static async Task<Ok<Page<PublicationItem>>> ListAsync(
        [AsParameters] PublicationsRequest request, ILedger ledger, HttpContext context, CancellationToken cancellationToken)
    {
        var limit = Paging.LimitOf(request.Limit);
        var source = SourceKey.TryParse(request.Source, out var key) ? key : (SourceKey?)null;
        var before = Cursor.TryParse(request.Cursor, out long arrival) ? arrival : (long?)null;
        var found = await ledger.ListPublicationsAsync(source, before, limit + 1, cancellationToken);
        return TypedResults.Ok(Paging.Of(context, found, limit, PublicationItem.Of, publication => Cursor.Of(publication.Release.Arrival)));
    }

    /// <summary>One publication.</summary>
    /// <param name="id">The SHA-256 of the publisher's bytes: 64 hexadecimal digits.</param>
    internal static async Task<Results<Ok<PublicationItem>, ProblemHttpResult>> GetAsync(
        string id, ILedger ledger, CancellationToken cancellationToken) =>
        PublicationId.TryParse(id, out var parsed) && await ledger.FindPublicationAsync(parsed, cancellationToken) is { } publication
            ? TypedResults.Ok(PublicationItem.Of(publication))
            : Problems.NotFound("There is no publication with this id; see /api/v1/publications.");
}
