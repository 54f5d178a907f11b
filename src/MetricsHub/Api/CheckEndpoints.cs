using MetricsHub.Catalogue;
using MetricsHub.Domain.Checks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>What figures are held to on their way in; every number with where it comes from.</summary>
/// <param name="Future">How far ahead a row may speak.</param>
/// <param name="Ranges">What every number of a metric has to be, by metric.</param>
/// <param name="Relations">What the numbers of several metrics have to be to each other, for one organisation and period.</param>
/// <param name="UnitSlips">What looks like another unit, against the median of a series' own last figures.</param>
internal sealed record ChecksAnswer(
    FutureItem Future, IReadOnlyList<RangeItem> Ranges, IReadOnlyList<RelationItem> Relations, IReadOnlyList<UnitSlipItem> UnitSlips)
{
    public static ChecksAnswer Of(CheckRules rules) => new(
        new FutureItem((long)rules.Future.Allowance.TotalSeconds, rules.Future.Provenance.ToWord(), rules.Future.Source),
        [
            .. rules.Values.OrderBy(rule => rule.Key).Select(rule => new RangeItem(
                rule.Key.ToString(), rule.Value.Plausible?.ToString(), rule.Value.Whole, rule.Value.Provenance.ToWord(), rule.Value.Source)),
        ],
        [.. rules.Relations.Select(RelationItem.Of)],
        [.. rules.UnitSlips.Select(UnitSlipItem.Of)]);
}

/// <summary>How far ahead a row may speak.</summary>
/// <param name="AllowedSeconds">How long after its publication was retrieved a period may start, or an instant stand.</param>
/// <param name="Provenance">quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">Where the number comes from.</param>
internal sealed record FutureItem(long AllowedSeconds, string Provenance, string Source);

/// <summary>What every number of a metric has to be.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="Plausible">The range of numbers that can be believed, such as [0, 5000]; null where any may stand.</param>
/// <param name="Whole">Whether only whole numbers may stand.</param>
/// <param name="Provenance">quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">Where the range comes from.</param>
internal sealed record RangeItem(string Metric, string? Plausible, bool Whole, string Provenance, string Source);

/// <summary>The sum of the parts is at most the total times <c>allow</c>, plus <c>tolerance</c>.</summary>
/// <param name="Check">not-above or parts.</param>
/// <param name="Parts">The keys of the metrics that are added.</param>
/// <param name="Total">The key of the metric that they are held against.</param>
/// <param name="Allow">How many times the total the parts may be.</param>
/// <param name="Tolerance">What rounding may add, in the metrics' unit.</param>
/// <param name="MakesUp">Whether less than the total is wrong as well.</param>
/// <param name="Refuses">Whose numbers are refused.</param>
/// <param name="Provenance">quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">Where the rule comes from.</param>
internal sealed record RelationItem(
    string Check,
    IReadOnlyList<string> Parts,
    string Total,
    double Allow,
    double Tolerance,
    bool MakesUp,
    IReadOnlyList<string> Refuses,
    string Provenance,
    string Source)
{
    public static RelationItem Of(Relation relation) => new(
        relation.Kind.ToWord(),
        [.. relation.Parts.Select(metric => metric.ToString())],
        relation.Total.ToString(),
        relation.Allow,
        relation.Tolerance,
        relation.MakesUp,
        [.. relation.Refuses.Order().Select(metric => metric.ToString())],
        relation.Provenance.ToWord(),
        relation.Source);
}

/// <summary>A number that is as many times its series' median, or as many times smaller, looks like another unit.</summary>
/// <param name="LooksLike">What it is taken for.</param>
/// <param name="Metrics">The keys of the metrics that are held to it.</param>
/// <param name="Times">How many times, such as [20, 180].</param>
/// <param name="LeastMedian">Below this median nothing is judged.</param>
/// <param name="History">How many of the last figures the median is of.</param>
/// <param name="LeastHistory">With fewer figures nothing is judged.</param>
/// <param name="Provenance">quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">Where the rule comes from.</param>
internal sealed record UnitSlipItem(
    string LooksLike, IReadOnlyList<string> Metrics, string Times, double LeastMedian, int History, int LeastHistory, string Provenance, string Source)
{
    public static UnitSlipItem Of(UnitSlip slip) => new(
        slip.LooksLike,
        [.. slip.Metrics.Order().Select(metric => metric.ToString())],
        slip.Times.ToString(),
        slip.LeastMedian,
        slip.History,
        slip.LeastHistory,
        slip.Provenance.ToWord(),
        slip.Source);
}

internal static class CheckEndpoints
{
    public static void MapChecks(this IEndpointRouteBuilder routes) =>
        routes.MapGet("checks", Get).WithTags("Metrics").WithoutQuery().JsonOnly();

    /// <summary>What figures are held to on their way in, and where each of these numbers comes from.</summary>
    internal static Ok<ChecksAnswer> Get(HubCatalogue catalogue) => TypedResults.Ok(ChecksAnswer.Of(catalogue.Checks));
}
