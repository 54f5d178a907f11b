using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace MetricsHub.Api;

/// <summary>Which instant to judge, and what to know.</summary>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; the instant of knowing by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
/// <param name="Framework">Only the framework of this key; those in shadow are answered only so. All others by default.</param>
internal sealed record EscalationRequest(string? At, string? AsOf, string? Framework = null);

internal sealed class EscalationRequestRules : AbstractValidator<EscalationRequest>
{
    public EscalationRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Framework)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");
        RuleFor(request => request.At).IsDateOrInstant();
        RuleFor(request => request.AsOf).IsAsOf(clock);
    }
}

internal static class EscalationEndpoints
{
    public static void MapEscalation(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("organisations/{code}/escalation").WithTags("Escalation");
        group.MapGet("", GetAsync).WithQuery<EscalationRequest>().JsonOnly().CanBeMissing();
        group.MapEscalationHistory();
        group.MapRollUp();
        group.MapExplanations();
        group.MapComparisons();
        group.MapWhatIf();
    }

    /// <summary>
    /// How escalated an organisation is at an instant, by each framework that judges it: level or the reason why there is none, score,
    /// every input with its band, its age and the rows it rests on, and every input that is missing. Not an NHS OPEL level.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<Results<Ok<EscalationAnswer>, ProblemHttpResult>> GetAsync(
        string code,
        [AsParameters] EscalationRequest request,
        HubCatalogue catalogue,
        EscalationReader reader,
        DeclarationReader declarations,
        UncataloguedOrganisations uncatalogued,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var (asked, asOf) = (ApiTime.End(request.At), ApiTime.InstantOf(request.AsOf));
        var knownAt = asOf ?? clock.GetUtcNow();
        var at = asked ?? knownAt;
        var found = await reader.ReadAsync(organisation, at, asOf, cancellationToken, request.Framework);
        var declared = await declarations.ReadAsync(organisation.Code, asOf, cancellationToken);
        DeclarationEndpoints.HoldWhileTheyStand(context, declared.Of(organisation.Code), clock.GetUtcNow());
        var answering = new EscalationAnswering(catalogue, declared, at, slot => AddressOf(organisation.Code.ToString(), slot.At, request.AsOf, request.Framework));
        return TypedResults.Ok(new EscalationAnswer(
            OrganisationName.Of(organisation),
            at,
            knownAt,
            [.. found.Select(answering.ToItem)],
            WithoutParent.On(LondonCalendar.DateOf(at.AddTicks(-1)), catalogue.Organisations, await uncatalogued.ListAsync(cancellationToken))));
    }

    internal static string AddressOf(string code, DateTimeOffset at, string? asOf, string? framework = null) => QueryHelpers.AddQueryString(
        $"{ApiSetup.Root}/organisations/{code}/escalation",
        new Dictionary<string, string?> { ["at"] = ApiJson.ToText(at), ["asOf"] = asOf, ["framework"] = framework });
}
