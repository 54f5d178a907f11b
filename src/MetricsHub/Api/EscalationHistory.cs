using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

internal static class EscalationHistory
{
    private const int MaximumReadings = 1000;

    private static readonly string[] Columns =
    [
        "organisation", "framework", "frameworkVersion", "at", "status", "level", "lowestLevel", "highestLevel", "shownLevel", "shownStatus", "reason",
        "score", "availablePoints", "applicablePoints", "observablePercent",
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
            var keys = string.Join(", ", versions.Select(framework => framework.Key).Distinct());
            return Problems.Invalid("framework", $"More than one judges this organisation: {keys}.");
        }

        // The slot that ends at from itself is one of them.
        var readings = new List<ShownReading>();
        foreach (var framework in versions)
        {
            if (Grid.SlotsBetween(framework.Grid, from.AddTicks(-1), to).Skip(MaximumReadings).Any())
            {
                return Problems.Invalid("from", $"More than {MaximumReadings} readings stand between from and to.");
            }

            var all = await reader.ReadHistoryAsync(framework, organisation, from.AddTicks(-1), to, asOf, cancellationToken);
            readings.AddRange(all.Where(found => framework.Judges(organisation, LondonCalendar.LastDayOf(found.Reading.Slot), catalogue.Organisations)));
        }

        var ordered = readings.OrderBy(found => found.Reading.At);
        return format == AnswerFormat.Csv
            ? new CsvHttpResult<ShownReading>($"escalation-{organisation.Code}.csv", Columns, ordered, Write, next: null)
            : TypedResults.Ok(new EscalationHistoryAnswer(
                OrganisationName.Of(organisation), versions.Count > 0 ? versions[0].Key : "", knownAt, [.. ordered.Select(ToItem)], Next: null));

        HistoryItem ToItem(ShownReading found)
        {
            var (reading, shown) = found;
            return new HistoryItem(
                reading.At,
                reading.Framework.Version,
                EscalationAnswering.StatusOf(reading),
                reading.CalculatedLevel,
                reading.Bounds?.Lowest,
                reading.Bounds?.Highest,
                shown.Level > 0 ? shown.Level : null,
                shown.Status.ToWord(),
                reading.NotCalculatedBecause,
                reading.Outcome.Points,
                reading.Outcome.Available,
                reading.Outcome.Applicable,
                reading.ObservablePercent,
                EscalationEndpoints.AddressOf(organisation.Code.ToString(), reading.At, request.AsOf));
        }
    }

    private static void Write(CsvLine line, ShownReading found)
    {
        var (reading, shown) = found;
        line.Text(reading.Organisation.ToString())
            .Text(reading.Framework.Key)
            .Text(reading.Framework.Version)
            .Instant(reading.At)
            .Text(EscalationAnswering.StatusOf(reading))
            .Number((long?)reading.CalculatedLevel)
            .Number((long?)reading.Bounds?.Lowest)
            .Number((long?)reading.Bounds?.Highest)
            .Number(shown.Level > 0 ? shown.Level : (long?)null)
            .Text(shown.Status.ToWord())
            .Text(reading.NotCalculatedBecause)
            .Number((double)reading.Outcome.Points)
            .Number((double)reading.Outcome.Available)
            .Number((double)reading.Outcome.Applicable)
            .Number(reading.ObservablePercent);
    }
}
