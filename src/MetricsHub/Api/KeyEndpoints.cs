using MetricsHub.Access;
using MetricsHub.Catalogue;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>The keys by which callers are recognised: making, listing and ending them.</summary>
internal static class KeyEndpoints
{
    private const long MaximumBytes = 16 * 1024;

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Access");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("keys" + suffix, ListAsync).WithoutQuery().JsonOrCsv<KeysAnswer>();
        }

        group.MapPost("keys", CreateAsync).WithoutQuery().JsonOnly().WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithProblem(StatusCodes.Status413PayloadTooLarge)
            .WithProblem(StatusCodes.Status415UnsupportedMediaType);
        group.MapDelete("keys/{id}", RevokeAsync).WithoutQuery().JsonOnly().CanBeMissing();
    }

    /// <summary>Every key that ever was, with whose it is, what it allows, and whether it still does; never the key itself. JSON or CSV, by the Accept header or the suffix .csv.</summary>
    internal static async Task<IResult> ListAsync(ILedger ledger, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        var (now, keys) = (clock.GetUtcNow(), await ledger.ListKeysAsync(cancellationToken));
        List<KeyItem> items = [.. keys.Select(key => KeyItem.Of(key, now))];
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<KeyItem>("keys.csv", KeyItem.Columns, items, KeyItem.Write, next: null)
            : TypedResults.Ok(new KeysAnswer(items, Next: null));
    }

    /// <summary>Creates a key and shows it, this once: the hub keeps nothing that it could be made from.</summary>
    internal static async Task<Results<Ok<CreatedKeyAnswer>, ProblemHttpResult>> CreateAsync(
        KeyBody body, HubCatalogue catalogue, KeyIssuer issuer, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var order = new KeyOrder(body.Owner, body.Scopes, body.Organisations, body.Sources, ApiTime.InstantOf(body.Expires));
        if (order.Faults(catalogue, now) is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }

        context.Response.Headers.CacheControl = "no-store";
        var (key, text) = await issuer.IssueAsync(order, Caller.ActorOf(context), cancellationToken);
        return TypedResults.Ok(new CreatedKeyAnswer(text, KeyItem.Of(key, now)));
    }

    /// <summary>Revokes a key: from then on it is refused, by every process of the hub within five seconds. Revoked again it stays as it is.</summary>
    /// <param name="id">The part of the key after mh_: 8 hexadecimal digits.</param>
    internal static async Task<Results<Ok<KeyItem>, ProblemHttpResult>> RevokeAsync(
        string id, KeyIssuer issuer, TimeProvider clock, HttpContext context, CancellationToken cancellationToken) =>
        await issuer.RevokeAsync(id, Caller.ActorOf(context), cancellationToken) is { } revoked
            ? TypedResults.Ok(KeyItem.Of(revoked, clock.GetUtcNow()))
            : Problems.NotFound("There is no key with this id; see /api/v1/keys.");
}
