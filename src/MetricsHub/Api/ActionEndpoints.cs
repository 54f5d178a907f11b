using FluentValidation;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Which actions to list.</summary>
/// <param name="Limit">How many to a page: 1 to 1000, 100 by default.</param>
/// <param name="Cursor">Where to go on, from the page before.</param>
internal sealed record ActionsRequest(string? Limit, string? Cursor);

internal sealed class ActionsRequestRules : AbstractValidator<ActionsRequest>
{
    public ActionsRequestRules()
    {
        RuleFor(request => request.Limit).IsLimit();
        RuleFor(request => request.Cursor)
            .Must(text => text is null || Cursor.TryParse(text, out long _)).WithMessage("Not a cursor of this list.");
    }
}

/// <summary>What somebody had the hub do.</summary>
/// <param name="Number">Grows from one action to the next.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, as far as the hub recognises its callers.</param>
/// <param name="Action">create-key, revoke-key, replay, push, declare, end-declaration, backup or remove (what housekeeping no longer keeps).</param>
/// <param name="Object">To what.</param>
/// <param name="Detail">More of it; null where there is nothing more.</param>
/// <param name="Address">From where; null where it was no request, or from before addresses were kept.</param>
/// <param name="TraceId">The trace of the request, as logs have it; null likewise.</param>
/// <param name="Seal">SHA-256 of the action and of the seal before it: 64 hexadecimal digits. Null until the first action after an upgrade seals what was there before.</param>
internal sealed record ActionItem(
    long Number, DateTimeOffset At, string Actor, string Action, string Object, string? Detail, string? Address, string? TraceId, string? Seal)
{
    public static ActionItem Of(NumberedAction entry) => new(
        entry.Number, entry.Action.At, entry.Action.Actor, entry.Action.Action, entry.Action.Object, entry.Action.Detail, entry.Action.Address, entry.Action.Trace, entry.Seal);
}

/// <summary>Whether the record of actions is as it was written.</summary>
/// <param name="IsWhole">Whether every action bears the seal that it and those before it make.</param>
/// <param name="Sound">How many actions do, from the first on.</param>
/// <param name="BrokenAt">The number of the first that does not, or is gone; null where all do.</param>
/// <param name="Newest">The newest action; null where there is none. Keep its number and seal somewhere else: should the newest actions be taken away, no other seal tells.</param>
internal sealed record ActionChainAnswer(bool IsWhole, long Sound, long? BrokenAt, ActionItem? Newest);

/// <summary>The record of every change that was made by somebody.</summary>
internal static class ActionEndpoints
{
    private static readonly string[] Columns = ["number", "at", "actor", "action", "object", "detail", "address", "traceId", "seal"];

    public static void AddAdministration(this IServiceCollection services) => services.AddSingleton<IValidator<ActionsRequest>, ActionsRequestRules>();

    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Access");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("actions" + suffix, ListAsync).WithQuery<ActionsRequest>().JsonOrCsv<Page<ActionItem>>();
        }

        group.MapGet("actions/check", CheckAsync).WithoutQuery().JsonOnly();
    }

    /// <summary>Who had the hub do what, newest first: keys created and revoked, replays, pushes, declared levels, backups, what housekeeping removed. Nothing is ever taken from it. JSON or CSV, by the Accept header or the suffix .csv.</summary>
    internal static async Task<IResult> ListAsync([AsParameters] ActionsRequest request, ILedger ledger, HttpContext context, CancellationToken cancellationToken)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        var limit = Paging.LimitOf(request.Limit);
        var before = Cursor.TryParse(request.Cursor, out long number) ? number : (long?)null;
        var found = await ledger.ListActionsAsync(before, limit + 1, cancellationToken);
        var page = Paging.Of(context, found, limit, ActionItem.Of, entry => Cursor.Of(entry.Number));
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<ActionItem>("actions.csv", Columns, page.Items, Write, page.Next)
            : TypedResults.Ok(page);
    }

    /// <summary>Makes the seals of all actions anew and tells the first that is not what it was: something was changed, put in or taken away behind the hub's back.</summary>
    internal static async Task<Ok<ActionChainAnswer>> CheckAsync(ILedger ledger, CancellationToken cancellationToken)
    {
        var chain = await ledger.CheckActionsAsync(cancellationToken);
        return TypedResults.Ok(new ActionChainAnswer(chain.BrokenAt is null, chain.Sound, chain.BrokenAt, chain.Newest is { } newest ? ActionItem.Of(newest) : null));
    }

    private static void Write(CsvLine line, ActionItem item) =>
        line.Number(item.Number).Instant(item.At).Text(item.Actor).Text(item.Action).Text(item.Object).Text(item.Detail).Text(item.Address).Text(item.TraceId).Text(item.Seal);
}
