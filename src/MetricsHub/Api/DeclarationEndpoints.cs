using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Collection.Gate;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace MetricsHub.Api;

/// <summary>Levels that people declare: making one, ending one early, and listing them. What is calculated never depends on them.</summary>
internal static class DeclarationEndpoints
{
    private static readonly string[] Columns =
    [
        "organisation", "number", "framework", "level", "reason", "actor", "declaredAt", "until", "status", "stoodUntil", "endedBy", "endReason",
    ];

    public static void AddDeclarations(this IServiceCollection services)
    {
        services.AddOptions<DeclarationOptions>().BindConfiguration(DeclarationOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeclarationOptions>, DeclarationOptionsValidator>();
        services.AddSingleton<IValidator<DeclarationsRequest>, DeclarationsRequestRules>();
        services.AddSingleton<IValidator<DeclarationBody>, DeclarationBodyRules>();
        services.AddSingleton<IValidator<DeclarationEndBody>, DeclarationEndBodyRules>();
    }

    public static void MapDeclarations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("organisations/{code}/escalation").WithTags("Declared levels");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("declarations" + suffix, ListAsync).WithQuery<DeclarationsRequest>().JsonOrCsv<DeclarationsAnswer>().CanBeMissing();
        }

        group.MapPost("declarations", DeclareAsync).Takes<DeclarationBody>();
        group.MapPost("declarations/{number:long}/end", EndAsync).Takes<DeclarationEndBody>();
    }

    /// <summary>
    /// Declares a level for an organisation, to stand beside the calculated and the shown one, which it never changes. It takes the place of
    /// the one that stands, is kept for ever and expires by itself. Sent again under the same key it changes nothing and has the same answer.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    /// <param name="idempotencyKey">The sender's name for this declaration: 1 to 200 printable ASCII characters, never the same for another one of the organisation.</param>
    internal static async Task<Results<Ok<DeclarationItem>, ProblemHttpResult>> DeclareAsync(
        string code,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        DeclarationBody body,
        HubCatalogue catalogue,
        ILedger ledger,
        IOptions<DeclarationOptions> options,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (!IdempotencyKey.IsGiven(context, idempotencyKey))
        {
            return IdempotencyKey.NotGiven();
        }

        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var (now, until) = (clock.GetUtcNow(), ApiTime.InstantOf(body.Until)!.Value);
        var declaration = new NewDeclaration(
            organisation.Code, body.Framework, body.Level!.Value, body.Reason!.Trim(), Caller.ActorOf(context), now, until, idempotencyKey!);

        // What was sent before has the answer that it had, though its time may be over by now.
        var entered = await ledger.FindDeclarationAsync(organisation.Code, idempotencyKey!, cancellationToken);
        if (entered is null)
        {
            if (WhyNot(declaration, organisation, catalogue, options.Value) is { } problem)
            {
                return problem;
            }

            entered = await ledger.DeclareAsync(declaration, cancellationToken);
        }

        return declaration.Says(entered)
            ? TypedResults.Ok(await ToItemAsync(entered, ledger, now, cancellationToken))
            : Problems.Conflict("The key was used for another declaration before. One that says something else needs a key of its own.");
    }

    /// <summary>Ends a declared level before its time: a record of its own. Ended again by the same caller for the same reason it stays as it is.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    /// <param name="number">The declaration's number.</param>
    internal static async Task<Results<Ok<DeclarationItem>, ProblemHttpResult>> EndAsync(
        string code,
        long number,
        DeclarationEndBody body,
        HubCatalogue catalogue,
        ILedger ledger,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var now = clock.GetUtcNow();
        var spells = DeclaredSpell.Of(await ledger.ListDeclarationsAsync(organisation.Code, asOf: null, cancellationToken));
        if (spells.FirstOrDefault(spell => spell.Declaration.Number == number) is not { } found)
        {
            return Problems.NotFound("There is no declaration of this organisation with this number.");
        }

        var ending = new DeclarationEnding(now, Caller.ActorOf(context), body.Reason!.Trim());
        if (found.Declaration.Ending is null && found.StatusAt(now) is not DeclarationStatus.Standing and var status)
        {
            return Problems.Conflict($"The declaration stands no more: it {(status == DeclarationStatus.Expired ? "has expired" : "was replaced")}.");
        }

        if (WrittenWords.Find(ending.Reason) is { } finding)
        {
            return Refused(finding.Reason);
        }

        var ended = await ledger.EndDeclarationAsync(number, ending, cancellationToken);
        return (ended.Ending!.Actor, ended.Ending.Reason) == (ending.Actor, ending.Reason)
            ? TypedResults.Ok(await ToItemAsync(ended, ledger, now, cancellationToken))
            : Problems.Conflict("The declaration was ended before, for another reason or by somebody else.");
    }

    /// <summary>Every level that was declared for an organisation, with who, why and until when, and how it ended. JSON or CSV, by the Accept header or the suffix .csv.</summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<IResult> ListAsync(
        string code, [AsParameters] DeclarationsRequest request, HubCatalogue catalogue, DeclarationReader reader, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var asOf = ApiTime.InstantOf(request.AsOf);
        var knownAt = asOf ?? clock.GetUtcNow();
        var spells = (await reader.ReadAsync(organisation.Code, asOf, cancellationToken)).Of(organisation.Code);
        HoldWhileTheyStand(context, spells, clock.GetUtcNow());
        var items = spells.Reverse().Select(spell => DeclarationItem.Of(spell, knownAt));
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<DeclarationItem>(
                $"declarations-{organisation.Code}.csv", Columns, items, (line, item) => Write(line.Text(organisation.Code.ToString()), item), next: null)
            : TypedResults.Ok(new DeclarationsAnswer(OrganisationName.Of(organisation), knownAt, [.. items], Next: null));
    }

    /// <summary>An answer that tells of declared levels holds until the first of those that stand ends.</summary>
    internal static void HoldWhileTheyStand(HttpContext context, IEnumerable<DeclaredSpell> spells, DateTimeOffset now)
    {
        foreach (var standing in spells.Where(spell => spell.Start <= now && now < spell.End))
        {
            AnswerLife.Ends(context, standing.End);
        }
    }

    private static ProblemHttpResult? WhyNot(NewDeclaration declaration, Organisation organisation, HubCatalogue catalogue, DeclarationOptions options)
    {
        if (declaration.Framework is { } key && !catalogue.Frameworks.Any(framework => framework.Key == key && framework.AppliesTo.Contains(organisation.Kind)))
        {
            return Problems.Invalid("framework", "No framework with this key judges organisations of this kind; see /api/v1/frameworks.");
        }

        if (declaration.Until <= declaration.DeclaredAt || declaration.Until > declaration.DeclaredAt + options.LongestTime)
        {
            return Problems.Invalid("until", FormattableString.Invariant($"Expected an instant after now and at most {options.LongestTime.TotalHours:0.#} hours ahead."));
        }

        return WrittenWords.Find(declaration.Reason) is { } finding ? Refused(finding.Reason) : null;
    }

    private static ProblemHttpResult Refused(string finding) => Problems.WithStatus(
        StatusCodes.Status422UnprocessableEntity, $"The reason may tell of a patient: {finding}. Nothing was kept of it. Say it without.");

    private static async Task<DeclarationItem> ToItemAsync(Declaration entered, ILedger ledger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var spells = DeclaredSpell.Of(await ledger.ListDeclarationsAsync(entered.Organisation, asOf: null, cancellationToken));
        return DeclarationItem.Of(spells.Single(spell => spell.Declaration.Number == entered.Number), now);
    }

    private static void Write(CsvLine line, DeclarationItem item) =>
        line.Number(item.Number).Text(item.Framework).Number((long?)item.Level).Text(item.Reason).Text(item.Actor).Instant(item.DeclaredAt)
            .Instant(item.Until).Text(item.Status).Instant(item.StoodUntil).Text(item.EndedBy).Text(item.EndReason);

    private static void Takes<TBody>(this RouteHandlerBuilder endpoint)
        where TBody : class =>
        endpoint.WithoutQuery().WithBody<TBody>().JsonOnly().CanBeMissing()
            .WithProblem(StatusCodes.Status403Forbidden)
            .WithProblem(StatusCodes.Status409Conflict)
            .WithProblem(StatusCodes.Status422UnprocessableEntity);
}
