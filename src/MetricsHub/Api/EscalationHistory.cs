using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Api;

internal static class EscalationHistory
{
    /// <summary>A year of quarters of an hour.</summary>
    private const int MaximumReadings = 366 * 96;

    private static readonly string[] Columns =
    [
        "organisation", "framework", "frameworkVersion", "at", "status", "level", "lowestLevel", "highestLevel", "shownLevel", "shownStatus", "reason",
        "score", "availablePoints", "applicablePoints", "observablePercent", "break", "readings", "highestCalculatedLevel", "highestShownLevel",
        "uncertainPercent",
    ];

    public static IReadOnlyDictionary<string, Step> Steps { get; } = new[] { Step.Hour, Step.Day }.ToDictionary(step => step.ToWord());

    public static void MapEscalationHistory(this IEndpointRouteBuilder group)
    {
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("history" + suffix, ListAsync)
                .WithQuery<EscalationHistoryRequest>().JsonOrCsv<EscalationHistoryAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// A framework's readings of an organisation over time, one for each slot of its grid or for each step, whether calculated or not. JSON
    /// or CSV, by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="code">ODS code, upper or lower case.</param>
    internal static async Task<IResult> ListAsync(
        string code,
        [AsParameters] EscalationHistoryRequest request,
        HubCatalogue catalogue,
        LevelHistory history,
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

        // The slot that ends at from itself is one of them.
        var (from, to) = (ApiTime.End(request.From)!.Value.AddTicks(-1), ApiTime.End(request.To) ?? knownAt);
        var versions = VersionsOf(catalogue, request).Where(framework => framework.AppliesTo.Contains(organisation.Kind)).ToList();
        if (versions.Select(framework => framework.Key).Distinct().Count() > 1)
        {
            var keys = string.Join(", ", versions.Select(framework => framework.Key).Distinct());
            return Problems.Invalid("framework", $"More than one judges this organisation: {keys}.");
        }

        if (versions.Exists(framework => Grid.SlotsBetween(framework.Grid, from, to).Skip(MaximumReadings).Any()))
        {
            return Problems.Invalid("from", $"More than {MaximumReadings} readings stand between from and to.");
        }

        var readings = new List<HistoryReading>();
        foreach (var framework in versions)
        {
            readings.AddRange(await history.ReadAsync(
                framework, organisation, from, to, request.Step is { } step ? Steps[step] : null, asOf, cancellationToken));
        }

        readings.Sort((one, other) => one.At.CompareTo(other.At));
        var rows = readings.Select((reading, index) => new Row(
            organisation.Code.ToString(), reading, index > 0 && readings[index - 1].Framework.Version != reading.Framework.Version));
        if (format == AnswerFormat.Csv)
        {
            return new CsvHttpResult<Row>($"escalation-{organisation.Code}.csv", Columns, rows, Write, next: null);
        }

        var shadow = versions.Find(framework => framework.IsShadow)?.Key;
        var links = new ReadingLinks(organisation.Code.ToString(), request.AsOf, shadow);
        return TypedResults.Ok(new EscalationHistoryAnswer(
            OrganisationName.Of(organisation), versions.Count > 0 ? versions[0].Key : "", knownAt, [.. rows.Select(row => ToItem(row, links))], Next: null));
    }

    /// <summary>Those in force; one in shadow only where it is the one that is asked for.</summary>
    private static IEnumerable<Framework> VersionsOf(HubCatalogue catalogue, EscalationHistoryRequest request)
    {
        var named = catalogue.Frameworks.Where(framework => request.Framework is null || framework.Key == request.Framework).ToList();
        return request.Version is { } version ? named.Where(framework => framework.Version == version)
            : named.Exists(framework => !framework.IsShadow) ? named.Where(framework => !framework.IsShadow)
            : request.Framework is null ? [] : named;
    }

    private static HistoryItem ToItem(Row row, ReadingLinks links)
    {
        var reading = row.Reading;
        return new HistoryItem(
            reading.At,
            reading.Framework.Version,
            row.Break,
            StatusOf(reading),
            reading.CalculatedLevel,
            reading.Bounds?.Lowest,
            reading.Bounds?.Highest,
            LevelOf(reading.Shown.Level),
            WordOf(reading.Shown.Status),
            reading.NotCalculatedBecause,
            reading.Outcome.Points,
            reading.Outcome.Available,
            reading.Outcome.Applicable,
            reading.Outcome.ObservablePercent,
            reading.Found.Readings,
            LevelOf(reading.Found.HighestLevel),
            LevelOf(reading.Found.HighestShownLevel),
            UncertainPercent(reading),
            links.To(reading.At));
    }

    private static void Write(CsvLine line, Row row)
    {
        var reading = row.Reading;
        line.Text(row.Organisation)
            .Text(reading.Framework.Key)
            .Text(reading.Framework.Version)
            .Instant(reading.At)
            .Text(StatusOf(reading))
            .Number((long?)reading.CalculatedLevel)
            .Number((long?)reading.Bounds?.Lowest)
            .Number((long?)reading.Bounds?.Highest)
            .Number((long?)LevelOf(reading.Shown.Level))
            .Text(WordOf(reading.Shown.Status))
            .Text(reading.NotCalculatedBecause)
            .Number((double)reading.Outcome.Points)
            .Number((double)reading.Outcome.Available)
            .Number((double)reading.Outcome.Applicable)
            .Number(reading.Outcome.ObservablePercent)
            .Text(row.Break ? "true" : "false")
            .Number((long)reading.Found.Readings)
            .Number((long?)LevelOf(reading.Found.HighestLevel))
            .Number((long?)LevelOf(reading.Found.HighestShownLevel))
            .Number(UncertainPercent(reading));
    }

    private static string StatusOf(HistoryReading reading) => reading.CalculatedLevel is null ? "not-calculated" : "calculated";

    private static double UncertainPercent(HistoryReading reading) => 100.0 * reading.Found.Uncertain / reading.Found.Readings;

    private static int? LevelOf(int level) => level > 0 ? level : null;

    private static string WordOf(ShownStatus status) => Words[(int)status];

    private static string[] Words { get; } = [.. Enum.GetValues<ShownStatus>().Select(status => status.ToWord())];

    private sealed record Row(string Organisation, HistoryReading Reading, bool Break);

    /// <summary>The addresses of whole readings: all but the instant is made once.</summary>
    private sealed class ReadingLinks(string code, string? asOf, string? framework)
    {
        private readonly string start = $"{ApiSetup.Root}/organisations/{code}/escalation?at=";

        private readonly string end =
            (asOf is null ? "" : $"&asOf={Uri.EscapeDataString(asOf)}") + (framework is null ? "" : $"&framework={Uri.EscapeDataString(framework)}");

        public string To(DateTimeOffset at) => start + Uri.EscapeDataString(ApiJson.ToText(at)) + end;
    }
}
