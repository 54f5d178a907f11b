using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>Which roll-up at which instant, and what to know.</summary>
/// <param name="Framework">Only the framework with this key; every framework that rolls up by default.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; the instant of knowing by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
internal sealed record RollUpRequest(string? Framework, string? At, string? AsOf);

internal sealed class RollUpRequestRules : AbstractValidator<RollUpRequest>
{
    public RollUpRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Framework)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key && framework.RollUp is not null))
            .WithMessage("There is no framework with this key that rolls up; see /api/v1/frameworks.");
        RuleFor(request => request.At).IsDateOrInstant();
        RuleFor(request => request.AsOf).IsAsOf(clock);
    }
}

internal static class RollUpEndpoints
{
    private static readonly string[] Columns =
    [
        "framework", "frameworkVersion", "at", "organisation", "kind", "parent", "made", "score", "level", "lowestLevel", "highestLevel", "bestScore", "worstScore",
        "coveragePercent", "weight", "weightPercent", "weightBasis", "weightProvenance", "missing", "unweighed", "reason",
    ];

    public static void MapRollUp(this IEndpointRouteBuilder group)
    {
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("roll-up" + suffix, GetAsync).WithQuery<RollUpRequest>().JsonOrCsv<RollUpAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// What the scores of those below an organisation come to, step by step: provider to system to region to nation. Each step is the weighted
    /// mean of the scores below it, with its level, bounds, weights and coverage, and who is missing. It is not the organisation's own
    /// reading. JSON or CSV (a row for each step), by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<IResult> GetAsync(
        string code,
        [AsParameters] RollUpRequest request,
        HubCatalogue catalogue,
        RollUpReader reader,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
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
        var at = ApiTime.End(request.At) ?? knownAt;
        var readings = await reader.ReadAsync(organisation, request.Framework, at, asOf, cancellationToken);
        var items = readings.Select(reading => RollUpItem.Of(
            reading, catalogue.Organisations, below => EscalationEndpoints.AddressOf(below, reading.Slot.End, request.AsOf))).ToList();
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<(RollUpItem Item, RollUpStepItem Step)>(
                $"roll-up-{organisation.Code}.csv", Columns, items.SelectMany(item => item.Steps.Select(step => (item, step))), Write, next: null)
            : TypedResults.Ok(new RollUpAnswer(OrganisationName.Of(organisation), at, knownAt, items));
    }

    private static void Write(CsvLine line, (RollUpItem Item, RollUpStepItem Step) row)
    {
        var (item, step) = row;
        line.Text(item.Framework.Key)
            .Text(item.Framework.Version)
            .Instant(item.SlotEnd)
            .Text(step.Organisation)
            .Text(step.Kind)
            .Text(step.Parent)
            .Text(step.Made)
            .Number((double?)step.Score)
            .Number((long?)step.Level)
            .Number((long?)step.LowestLevel)
            .Number((long?)step.HighestLevel)
            .Number((double)step.BestScore)
            .Number((double)step.WorstScore)
            .Number(step.CoveragePercent)
            .Number((double?)step.Weight?.Value)
            .Number(step.Weight?.Percent)
            .Text(step.Weight?.Basis)
            .Text(step.Weight?.Provenance)
            .Text(string.Join(' ', step.Missing))
            .Text(string.Join(' ', step.Unweighed))
            .Text(step.Reason);
    }
}
