using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Which rejections to list.</summary>
/// <param name="Source">Only those of the source with this key.</param>
/// <param name="Publication">Only those of the publication with this id.</param>
/// <param name="Limit">How many to a page: 1 to 1000, 100 by default.</param>
/// <param name="Cursor">Where to go on, from the page before.</param>
internal sealed record RejectionsRequest(string? Source, string? Publication, string? Limit, string? Cursor);

internal sealed class RejectionsRequestRules : AbstractValidator<RejectionsRequest>
{
    public RejectionsRequestRules(HubCatalogue catalogue)
    {
        RuleFor(request => request.Source).IsSource(catalogue);
        RuleFor(request => request.Publication)
            .Must(text => text is null || PublicationId.TryParse(text, out _)).WithMessage("Expected 64 hexadecimal digits (a SHA-256).");
        RuleFor(request => request.Limit).IsLimit();
        RuleFor(request => request.Cursor)
            .Must(text => text is null || Cursor.TryParse(text, out RejectionPosition? _)).WithMessage("Not a cursor of this list.");
    }
}

/// <summary>A row, or one cell of a row, that was refused.</summary>
/// <param name="Source">The key of the source.</param>
/// <param name="Publication">The id of the publication.</param>
/// <param name="FileName">The publication's file name.</param>
/// <param name="Row">The row in the file, counted from 1.</param>
/// <param name="Field">The column where one cell is at fault, or the metric's key where a check found it; null where the whole row was refused.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Text">What stood there, at most 200 characters.</param>
/// <param name="Checks">
/// The checks that refused it: plausible, whole, unit-slip, not-above, parts, future, unknown-organisation; empty where it could not be read.
/// </param>
internal sealed record RejectionItem(
    string Source, string Publication, string FileName, int Row, string? Field, string Reason, string? Text, IReadOnlyList<string> Checks)
{
    public static RejectionItem Of(LedgerRejection entry) => new(
        entry.Source.ToString(),
        entry.Publication.ToString(),
        entry.FileName,
        entry.Rejection.Row,
        entry.Rejection.Field,
        entry.Rejection.Reason,
        entry.Rejection.Text,
        [.. Enum.GetValues<CheckKinds>().Where(check => check != CheckKinds.None && entry.Rejection.Checks.HasFlag(check)).Select(check => check.ToWord())]);
}

internal static class RejectionEndpoints
{
    public static void MapRejections(this IEndpointRouteBuilder routes) =>
        routes.MapGet("rejections", ListAsync).WithTags("Publications").WithQuery<RejectionsRequest>().JsonOnly();

    /// <summary>Rows and cells that were refused, and why; newest publication first, then by row.</summary>
    internal static async Task<Ok<Page<RejectionItem>>> ListAsync(
        [AsParameters] RejectionsRequest request, ILedger ledger, HttpContext context, CancellationToken cancellationToken)
    {
        var limit = Paging.LimitOf(request.Limit);
        var source = SourceKey.TryParse(request.Source, out var key) ? key : (SourceKey?)null;
        var publication = PublicationId.TryParse(request.Publication, out var id) ? id : (PublicationId?)null;
        _ = Cursor.TryParse(request.Cursor, out RejectionPosition? after);
        var found = await ledger.ListRejectionsAsync(source, publication, after, limit + 1, cancellationToken);
        return TypedResults.Ok(Paging.Of(context, found, limit, RejectionItem.Of, entry => Cursor.Of(entry.Position)));
    }
}
