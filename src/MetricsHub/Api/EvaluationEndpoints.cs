using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

internal static class EvaluationEndpoints
{
    public static void MapEvaluation(this IEndpointRouteBuilder routes) =>
        routes.MapGet("evaluation", ListAsync).WithTags("Escalation").WithoutQuery().JsonOnly();

    /// <summary>How far the stored readings of each framework have come, what is due to be evaluated, and what went wrong.</summary>
    internal static async Task<Ok<Page<EvaluationItem>>> ListAsync(
        HubCatalogue catalogue, ILedger ledger, EvaluationBasis basis, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        return TypedResults.Ok(new Page<EvaluationItem>([.. catalogue.Frameworks.Select(framework => ToItem(framework, standing, now))], Next: null));
    }

    internal static EvaluationItem ToItem(Framework framework, EvaluationStanding standing, DateTimeOffset now)
    {
        var (known, (_, state, to, newest, due)) = (standing.Find(framework), standing.StandingOf(framework, now));
        return new EvaluationItem(
            FrameworkName.Of(framework), state.ToWord(), to, newest, known?.FinishedAt, due.Count, due.Count > 0 ? due.Min(span => span.FirstStart) : null, known?.Failure);
    }
}
