using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Escalation.Explanation;
using Microsoft.AspNetCore.WebUtilities;

namespace MetricsHub.Api;

/// <summary>Which level to explain.</summary>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; the instant of knowing by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
/// <param name="Framework">The framework's key; every one that judges the organisation by default.</param>
internal sealed record ExplanationRequest(string? At, string? AsOf, string? Framework);

internal sealed class ExplanationRequestRules : AbstractValidator<ExplanationRequest>
{
    public ExplanationRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.At).IsDateOrInstant();
        RuleFor(request => request.AsOf).IsAsOf(clock);
        RuleFor(request => request.Framework).IsFramework(catalogue);
    }
}

internal static class ExplanationEndpoints
{
    private static readonly string[] Columns =
    [
        "organisation", "framework", "frameworkVersion", "slotEnd", "hash", "indicator", "contributor", "role", "metric", "periodStart", "periodEnd", "value",
        "absence", "source", "fileName", "publication", "row", "recordedAt",
    ];

    public static void MapExplanations(this IEndpointRouteBuilder group)
    {
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("explain" + suffix, GetAsync).WithQuery<ExplanationRequest>().JsonOrCsv<ExplanationAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// How a level came about: what is shown, from the slots before; the calculated level, from points; each input, from its formula; each
    /// organisation's part; and each observation, with publication, file and row. With hashes by which two hubs can be held against each
    /// other. JSON or CSV (of the observations), by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<IResult> GetAsync(
        string code,
        [AsParameters] ExplanationRequest request,
        HubCatalogue catalogue,
        ExplanationReader reader,
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
        var found = await reader.ReadAsync(organisation, request.Framework, at, asOf, cancellationToken);
        if (format == AnswerFormat.Csv)
        {
            return new CsvHttpResult<(Explanation Explanation, Leaf Leaf)>(
                $"explanation-{organisation.Code}.csv",
                Columns,
                found.SelectMany(each => each.Derivation.Inputs.SelectMany(Leaf.Of).Select(leaf => (each, leaf))),
                (line, row) => Write(line, row.Explanation, row.Leaf),
                next: null);
        }

        var answering = new ExplanationAnswering(
            catalogue.Organisations, (framework, end) => AddressOf(organisation.Code.ToString(), framework, end, request.AsOf));
        return TypedResults.Ok(new ExplanationAnswer(
            OrganisationName.Of(organisation), at, knownAt, EngineVersion.Current, [.. found.Select(answering.ToItem)]));
    }

    internal static string AddressOf(string code, Framework framework, DateTimeOffset at, string? asOf) => QueryHelpers.AddQueryString(
        $"{ApiSetup.Root}/organisations/{code}/escalation/explain",
        new Dictionary<string, string?> { ["at"] = ApiJson.ToText(at), ["framework"] = framework.Key, ["asOf"] = asOf });

    private static void Write(CsvLine line, Explanation explanation, Leaf leaf)
    {
        var (reading, statement) = (explanation.Derivation.Reading, leaf.Statement);
        var publication = explanation.Publications.GetValueOrDefault(statement.Publication);
        line.Text(reading.Organisation.ToString())
            .Text(reading.Framework.Key)
            .Text(reading.Framework.Version)
            .Instant(reading.At)
            .Text(explanation.Derivation.Hash)
            .Text(leaf.Indicator.Key)
            .Text(leaf.Contributor.ToString())
            .Text(leaf.Role.ToWord())
            .Text(statement.Series.Metric.ToString())
            .Instant(statement.Period.Start)
            .Instant(statement.Period.End)
            .Number(statement.Figure.TryGetNumber(out var number) ? number : (double?)null)
            .Text(statement.Figure.Absence?.ToText())
            .Text(publication?.Source.ToString())
            .Text(publication?.FileName)
            .Text(statement.Publication.ToString())
            .Number(statement.Row)
            .Instant(statement.RecordedAt);
    }
}
