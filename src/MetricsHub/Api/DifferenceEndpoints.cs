using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

internal static class DifferenceEndpoints
{
    private static readonly string[] Columns =
    [
        "organisation", "framework", "version", "against", "day", "calculated", "shown", "level", "againstLevel", "shownLevel", "againstShownLevel",
    ];

    public static void MapDifferences(this IEndpointRouteBuilder group)
    {
        foreach (var suffix in new[] { "", ".csv" })
        {
            group.MapGet("{key}/differences" + suffix, GetAsync).WithQuery<DifferencesRequest>().JsonOrCsv<DifferencesAnswer>().CanBeMissing();
        }
    }

    /// <summary>
    /// On which days which organisation's level would differ under a framework, in force or in shadow, from that of another one or of
    /// another version. Days of which one of both says nothing stand apart. JSON or CSV, by the Accept header or the suffix .csv.
    /// </summary>
    /// <param name="key">The key of the framework to compare.</param>
    internal static async Task<IResult> GetAsync(
        string key,
        [AsParameters] DifferencesRequest request,
        HubCatalogue catalogue,
        FrameworkDifferences differences,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (Negotiation.FormatOf(context.Request) is not { } format)
        {
            return Problems.NotAcceptable("application/json or text/csv");
        }

        if (CandidateOf(catalogue, key, request.Version) is not { } candidate)
        {
            return Problems.NotFound("There is no framework with this key and version; see /api/v1/frameworks.");
        }

        var against = AgainstOf(catalogue, candidate, request);
        if (against.Count == 0)
        {
            return Problems.Invalid("against", "There is no other framework to compare it with by these names.");
        }

        var (from, to) = (ApiTime.DayOf(request.From, clock), ApiTime.DayOf(request.To, clock));
        var end = LondonCalendar.StartOf(to.AddDays(1));
        var found = await differences.ReadAsync(
            candidate, against, LondonCalendar.StartOf(from), end < clock.GetUtcNow() ? end : clock.GetUtcNow(), cancellationToken);
        if (format == AnswerFormat.Csv)
        {
            var other = string.Join(' ', against.Select(framework => $"{framework.Key}/{framework.Version}"));
            return new CsvHttpResult<(OrganisationDifference Of, LevelDifferenceDay Day)>(
                $"differences-{candidate.Key}.csv",
                Columns,
                found.SelectMany(item => item.Comparison.Noteworthy.Select(pair => (item, LevelDifferenceDay.Of(pair)))),
                (line, row) => Write(line, row.Of, row.Day, candidate, other),
                next: null);
        }

        return TypedResults.Ok(new DifferencesAnswer(
            FrameworkName.Of(candidate), [.. against.Select(FrameworkName.Of)], from, to, [.. found.Select(LevelDifferenceItem.Of)]));
    }

    private static Framework? CandidateOf(HubCatalogue catalogue, string key, string? version) => catalogue.Frameworks
        .Where(framework => framework.Key == key && (version is null || framework.Version == version))
        .OrderByDescending(framework => framework.IsShadow)
        .ThenByDescending(framework => framework.Valid.From ?? DateOnly.MinValue)
        .FirstOrDefault();

    private static List<Framework> AgainstOf(HubCatalogue catalogue, Framework candidate, DifferencesRequest request) =>
    [
        .. catalogue.Frameworks
            .Where(framework => framework.Key == (request.Against ?? candidate.Key) && framework != candidate)
            .Where(framework => request.AgainstVersion is { } version ? framework.Version == version : !framework.IsShadow),
    ];

    private static void Write(CsvLine line, OrganisationDifference difference, LevelDifferenceDay day, Framework candidate, string against) => line
        .Text(difference.Organisation.Code.ToString())
        .Text(candidate.Key)
        .Text(candidate.Version)
        .Text(against)
        .Date(day.Day)
        .Text(day.Calculated)
        .Text(day.Shown)
        .Number((long?)day.Level)
        .Number((long?)day.AgainstLevel)
        .Number((long?)day.ShownLevel)
        .Number((long?)day.AgainstShownLevel);
}
