using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Escalation.Explanation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Which level to compare, and as known when.</summary>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; the earlier instant of knowing by default.</param>
/// <param name="AsOf">The earlier instant of knowing, an RFC 3339 instant.</param>
/// <param name="And">The later instant of knowing, an RFC 3339 instant; now by default.</param>
/// <param name="Framework">The framework's key; every one that judged the organisation by default.</param>
internal sealed record ComparisonRequest(string? At, string? AsOf, string? And, string? Framework);

internal sealed class ComparisonRequestRules : AbstractValidator<ComparisonRequest>
{
    public ComparisonRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.At).IsDateOrInstant();
        RuleFor(request => request.AsOf).NotNull().WithMessage("Is needed.");
        RuleFor(request => request.AsOf).IsAsOf(clock);
        RuleFor(request => request.And).IsAsOf(clock);
        RuleFor(request => request.And)
            .Must((request, and) => !(ApiTime.InstantOf(and) < ApiTime.InstantOf(request.AsOf))).WithMessage("Lies before asOf.");
        RuleFor(request => request.Framework).IsFramework(catalogue);
    }
}

internal static class ComparisonEndpoints
{
    public static void MapComparisons(this IEndpointRouteBuilder group) =>
        group.MapGet("compare", GetAsync).WithQuery<ComparisonRequest>().JsonOnly().CanBeMissing();

    /// <summary>
    /// A level as known at two instants, each made anew from what had been recorded and by the rules then in force: what changed, data,
    /// rules or both; which inputs moved, which observations are new, revised or withdrawn, and where the rules differ.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<Results<Ok<ComparisonAnswer>, ProblemHttpResult>> GetAsync(
        string code,
        [AsParameters] ComparisonRequest request,
        HubCatalogue catalogue,
        ComparisonReader reader,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var then = ApiTime.InstantOf(request.AsOf)!.Value;
        var now = ApiTime.InstantOf(request.And) ?? clock.GetUtcNow();
        var at = ApiTime.End(request.At) ?? then;
        var found = await reader.ReadAsync(organisation, request.Framework, at, then, now, cancellationToken);
        return TypedResults.Ok(new ComparisonAnswer(
            OrganisationName.Of(organisation), at, then, now, EngineVersion.Current, [.. found.Select(ComparisonItem.Of)]));
    }
}
