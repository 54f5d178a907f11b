using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>Which readings of which framework.</summary>
/// <param name="Framework">The framework's key; can be left out where only one judges the organisation.</param>
/// <param name="From">Readings that stand at or after it: a date (the end of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Readings that stand at or before it: a date (the end of that day in Europe/London) or an RFC 3339 instant; now by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
internal sealed record EscalationHistoryRequest(string? Framework, string? From, string? To, string? AsOf);

internal sealed class EscalationHistoryRequestRules : AbstractValidator<EscalationHistoryRequest>
{
    public EscalationHistoryRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Framework)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");
        RuleFor(request => request.From).NotNull().WithMessage("Is needed.");
        RuleFor(request => request.From).IsDateOrInstant();
        RuleFor(request => request.To).IsDateOrInstant();
        RuleFor(request => request.To)
            .Must((request, to) => !(ApiTime.End(to) < ApiTime.End(request.From))).WithMessage("Lies before from.");
        RuleFor(request => request.AsOf).IsAsOf(clock);
    }
}

/// <summary>The readings of one framework, one for each slot of its grid.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Items">Oldest first.</param>
/// <param name="Next">Always null: the history comes in one piece.</param>
internal sealed record EscalationHistoryAnswer(
    OrganisationName Organisation, string Framework, DateTimeOffset AsOf, IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>The outcome at one slot.</summary>
/// <param name="At">The instant at which the reading stands: the end of the period judged.</param>
/// <param name="FrameworkVersion">The version of the framework that judged.</param>
/// <param name="Status">calculated or not-calculated.</param>
/// <param name="Level">1 (least pressure) to 4; null where it is not calculated.</param>
/// <param name="Reason">Why it is not calculated; null where it is.</param>
/// <param name="Score">The points scored.</param>
/// <param name="AvailablePoints">The most that the inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and the missing ones could have scored together.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="Link">The address of the whole reading.</param>
internal sealed record HistoryItem(
    DateTimeOffset At,
    string FrameworkVersion,
    string Status,
    int? Level,
    string? Reason,
    int Score,
    int AvailablePoints,
    int ApplicablePoints,
    double ObservablePercent,
    string Link);

internal static class EscalationHistory
{
    private const int MaximumReadings = 1000;

    private static readonly string[] Columns =
    [
        "organisation", "framework", "frameworkVersion", "at", "status", "level", "reason", "score", "availablePoints", "applicablePoints", "observablePercent",
    ];

    public static void MapEscalationHistory(this IEndpointRouteBuilder group)
    {
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("history" + suffix, ListAsync)
                .WithQuery<EscalationHistoryRequest>().JsonOrCsv<EscalationHistoryAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// A framework's readings of an organisation over time, one for each slot of its grid, whether calculated or not. JSON or CSV, by the
    /// Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<IResult> ListAsync(
        string code,
        [AsParameters] EscalationHistoryRequest request,
        HubCatalogue catalogue,
        EscalationReader reader,
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
        var (from, to) = (ApiTime.End(request.From)!.Value, ApiTime.End(request.To) ?? knownAt);
        var versions = catalogue.Frameworks
            .Where(framework => framework.AppliesTo.Contains(organisation.Kind) && (request.Framework is null || framework.Key == request.Framework))
            .ToList();
        if (versions.Select(framework => framework.Key).Distinct().Count() > 1)
        {
            return Problems.Invalid("framework", $"More than one judges this organisation: {string.Join(", ", versions.Select(framework => framework.Key).Distinct())}.");
        }

        // The slot that ends at from itself is one of them.
        var readings = new List<EscalationReading>();
        foreach (var framework in versions)
        {
            if (Grid.SlotsBetween(framework.Grid, from.AddTicks(-1), to).Skip(MaximumReadings).Any())
            {
                return Problems.Invalid("from", $"More than {MaximumReadings} readings stand between from and to.");
            }

            var all = await reader.ReadHistoryAsync(framework, organisation, from.AddTicks(-1), to, asOf, cancellationToken);
            readings.AddRange(all.Where(reading => framework.Judges(organisation.Kind, LondonCalendar.LastDayOf(reading.Slot))));
        }

        var ordered = readings.OrderBy(reading => reading.At);
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<EscalationReading>($"escalation-{organisation.Code}.csv", Columns, ordered, Write, next: null)
            : TypedResults.Ok(new EscalationHistoryAnswer(
                OrganisationName.Of(organisation), versions.Count > 0 ? versions[0].Key : "", knownAt, [.. ordered.Select(ToItem)], Next: null));

        HistoryItem ToItem(EscalationReading reading) => new(
            reading.At,
            reading.Framework.Version,
            EscalationAnswering.StatusOf(reading),
            reading.Level,
            reading.NotCalculatedBecause,
            reading.Score,
            reading.AvailablePoints,
            reading.ApplicablePoints,
            reading.ObservablePercent,
            EscalationEndpoints.AddressOf(organisation.Code.ToString(), reading.At, request.AsOf));
    }

    private static void Write(CsvLine line, EscalationReading reading) => line
        .Text(reading.Organisation.ToString())
        .Text(reading.Framework.Key)
        .Text(reading.Framework.Version)
        .Instant(reading.At)
        .Text(EscalationAnswering.StatusOf(reading))
        .Number((long?)reading.Level)
        .Text(reading.NotCalculatedBecause)
        .Number((long)reading.Score)
        .Number((long)reading.AvailablePoints)
        .Number((long)reading.ApplicablePoints)
        .Number(reading.ObservablePercent);
}
