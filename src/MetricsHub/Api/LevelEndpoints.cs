using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>What became of a level over a time: drift, events and health.</summary>
internal static class LevelEndpoints
{
    public static void AddLevels(this IServiceCollection services) => services.AddSingleton<IValidator<LevelsRequest>, LevelsRequestRules>();

    public static void MapLevels(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("organisations/{code}/escalation").WithTags("Escalation");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("drift" + suffix, DriftAsync).WithQuery<LevelsRequest>().JsonOrCsv<DriftAnswer>().CanBeMissing();
            group.MapGet("events" + suffix, EventsAsync).WithQuery<LevelsRequest>().JsonOrCsv<EventsAnswer>().CanBeMissing();
            group.MapGet("health" + suffix, HealthAsync).WithQuery<LevelsRequest>().JsonOrCsv<LevelHealthAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// How far what was declared and what was shown went apart: for how long, in which direction, and every spell with its reason. JSON or
    /// CSV, by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static Task<IResult> DriftAsync(
        string code, [AsParameters] LevelsRequest request, HubCatalogue catalogue, LevelReportReader reader, TimeProvider clock, HttpContext context, CancellationToken cancellationToken) =>
        AnswerAsync(code, request, catalogue, clock, context, async (question, heading, format) =>
        {
            var report = await reader.ReadDriftAsync(question, cancellationToken);
            var items = report.Spells.Select(DriftItem.Of);
            return format == AnswerFormat.Csv
                ? new CsvHttpResult<DriftItem>($"drift-{question.Organisation.Code}.csv", LevelCsv.DriftColumns, items, (line, item) => LevelCsv.Write(line, heading, item), next: null)
                : TypedResults.Ok(DriftAnswer.Of(heading, report, [.. items]));
        });

    /// <summary>
    /// Every change of the calculated, the shown and the declared level: from, to, how long the level before had lasted, whether its bounds
    /// were certain, and which inputs moved it. JSON or CSV, by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static Task<IResult> EventsAsync(
        string code, [AsParameters] LevelsRequest request, HubCatalogue catalogue, LevelReportReader reader, TimeProvider clock, HttpContext context, CancellationToken cancellationToken) =>
        AnswerAsync(code, request, catalogue, clock, context, async (question, heading, format) =>
        {
            var items = (await reader.ReadEventsAsync(question, cancellationToken)).Select(found => EventItem.Of(found, catalogue));
            return format == AnswerFormat.Csv
                ? new CsvHttpResult<EventItem>($"events-{question.Organisation.Code}.csv", LevelCsv.EventColumns, items, (line, item) => LevelCsv.Write(line, heading, item), next: null)
                : TypedResults.Ok(new EventsAnswer(heading.Organisation, heading.Framework, heading.From, heading.To, heading.AsOf, [.. items], Next: null));
        });

    /// <summary>
    /// Whether a level still tells anything: the time in each level and in each band of its inputs, how much of it was missing or uncertain,
    /// how much it chattered, and what stood still. JSON or CSV, by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static Task<IResult> HealthAsync(
        string code, [AsParameters] LevelsRequest request, HubCatalogue catalogue, LevelReportReader reader, TimeProvider clock, HttpContext context, CancellationToken cancellationToken) =>
        AnswerAsync(code, request, catalogue, clock, context, async (question, heading, format) =>
        {
            var items = (await reader.ReadHealthAsync(question, cancellationToken)).Select(found => LevelHealthItem.Of(found, catalogue)).ToList();
            return format == AnswerFormat.Csv
                ? new CsvHttpResult<LevelHealthRow>($"health-{question.Organisation.Code}.csv", LevelCsv.HealthColumns, items.SelectMany(LevelHealthRow.Rows), (line, row) => LevelCsv.Write(line, heading, row), next: null)
                : TypedResults.Ok(new LevelHealthAnswer(
                    heading.Organisation, heading.Framework, heading.From, heading.To, heading.AsOf, LevelHealthRulesItem.Of(catalogue.LevelHealth), items, Next: null));
        });

    private static async Task<IResult> AnswerAsync(
        string code, LevelsRequest request, HubCatalogue catalogue, TimeProvider clock, HttpContext context, Func<LevelQuestion, LevelHeading, AnswerFormat, Task<IResult>> answer)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        if (OrganisationEndpoints.Find(code, catalogue) is not { } organisation)
        {
            return OrganisationEndpoints.NotFound();
        }

        var now = clock.GetUtcNow();
        AnswerLife.EndsWithTheSlot(context, now);
        var (question, problem) = request.ToQuestion(organisation, catalogue, now);
        return question is null
            ? problem!
            : await answer(
                question, new LevelHeading(OrganisationName.Of(organisation), question.Framework, question.Window.Start, question.Window.End, question.AsOf ?? now), format);
    }
}

/// <summary>What every answer about a level over a time begins with.</summary>
internal sealed record LevelHeading(OrganisationName Organisation, string Framework, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf);
