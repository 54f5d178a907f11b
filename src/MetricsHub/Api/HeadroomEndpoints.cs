using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>Where to look for capacity.</summary>
/// <param name="ServiceDomain">The key of a service domain; all of them by default.</param>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant, not after now; now by default.</param>
internal sealed record HeadroomRequest(string? ServiceDomain, string? At);

internal sealed class HeadroomRequestRules : AbstractValidator<HeadroomRequest>
{
    public HeadroomRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.ServiceDomain)
            .Must(key => key is null || catalogue.ServiceDomains.Any(domain => domain.Key == key))
            .WithMessage($"Expected one of: {string.Join(", ", catalogue.ServiceDomains.Select(domain => domain.Key))}.");
        RuleFor(request => request.At).IsDateOrInstant();
        RuleFor(request => request.At).Must(text => !(ApiTime.End(text) > clock.GetUtcNow())).WithMessage("Lies in the future; what is free then nobody knows.");
    }
}

internal static class HeadroomEndpoints
{
    private static readonly string[] Columns =
    [
        "organisation", "name", "simulated", "serviceDomain", "measure", "status", "free", "capacity", "used", "unit", "periodEnd", "ageSeconds", "absence", "reason",
    ];

    public static void AddHeadroom(this IServiceCollection services) => services.AddSingleton<IValidator<HeadroomRequest>, HeadroomRequestRules>();

    public static void MapHeadroom(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("organisations/{code}").WithTags("Headroom");
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("headroom" + suffix, ListAsync).WithQuery<HeadroomRequest>().JsonOrCsv<HeadroomAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// Where at and below an organisation there is capacity: what is free at each place, how old that figure is, and each place of which it
    /// is not known, with the reason. A figure of that instant, and no offer. JSON or CSV, by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<IResult> ListAsync(
        string code, [AsParameters] HeadroomRequest request, HubCatalogue catalogue, HeadroomReader reader, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
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
        var at = ApiTime.End(request.At) ?? now;
        var rules = catalogue.Headroom.Where(rule => request.ServiceDomain is null || rule.ServiceDomain == request.ServiceDomain).ToList();
        var found = await reader.ReadAsync(organisation, rules, at, cancellationToken);
        var items = found.Select(reading => HeadroomItem.Of(reading, at, catalogue));
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<HeadroomItem>($"headroom-{organisation.Code}.csv", Columns, items, Write, next: null)
            : TypedResults.Ok(new HeadroomAnswer(
                OrganisationName.Of(organisation),
                at,
                HeadroomAnswer.Caution,
                [.. items],
                [.. rules.Except(found.Select(reading => reading.Rule)).Select(HeadroomMeasure.Of)],
                Next: null));
    }

    private static void Write(CsvLine line, HeadroomItem item) =>
        line.Text(item.Organisation).Text(item.Name).Text(item.Simulated ? "true" : "false").Text(item.ServiceDomain).Text(item.Measure).Text(item.Status)
            .Number(item.Free).Number(item.Capacity).Number(item.Used).Text(item.Unit).Instant(item.PeriodEnd).Number(item.AgeSeconds).Text(item.Absence).Text(item.Reason);
}
