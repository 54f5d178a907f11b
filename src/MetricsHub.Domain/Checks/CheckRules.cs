using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Domain.Checks;

/// <summary>What every number of a metric has to be.</summary>
/// <param name="Plausible">In the metric's unit; null where any number may stand.</param>
/// <param name="Whole">Whether only whole numbers may stand.</param>
/// <param name="Source">Where the range comes from.</param>
public sealed record ValueRule(Interval? Plausible, bool Whole, Provenance Provenance, string Source);

/// <summary>
/// What the numbers of several metrics have to be to each other, for one organisation and period: the sum of the parts is at most the
/// total times <see cref="Allow"/>, plus <see cref="Tolerance"/>.
/// </summary>
/// <param name="Kind"><see cref="CheckKinds.NotAbove"/> or <see cref="CheckKinds.Parts"/>.</param>
/// <param name="Allow">How many times the total the parts may be: 1.25 where a ward may hold a quarter more than its beds.</param>
/// <param name="Tolerance">In the metrics' unit; what rounding may add.</param>
/// <param name="MakesUp">Whether the parts make up the total, so that less than it, by more than the tolerance, is wrong as well.</param>
/// <param name="Refuses">Whose numbers are refused: all of them where nobody can say which is wrong.</param>
/// <param name="Source">Where the rule and its numbers come from.</param>
public sealed record Relation(
    CheckKinds Kind,
    IReadOnlyList<MetricKey> Parts,
    MetricKey Total,
    double Allow,
    double Tolerance,
    bool MakesUp,
    IReadOnlySet<MetricKey> Refuses,
    Provenance Provenance,
    string Source);

/// <summary>A mistake of unit, known by how many times the median of its own last figures a number is, or the median it.</summary>
/// <param name="LooksLike">What it is then taken for, in words: <c>hours for minutes</c>.</param>
/// <param name="Metrics">The metrics that are held to it.</param>
/// <param name="Times">How many times the median, or how many times smaller: <c>[20, 180]</c> around a factor of 60.</param>
/// <param name="LeastMedian">In the metrics' unit; below it a multiple says nothing, for small counts jump.</param>
/// <param name="History">How many of the last figures the median is of.</param>
/// <param name="LeastHistory">With fewer figures before it a number is not judged.</param>
/// <param name="Source">Where the rule and its numbers come from.</param>
public sealed record UnitSlip(
    string LooksLike,
    IReadOnlySet<MetricKey> Metrics,
    Interval Times,
    double LeastMedian,
    int History,
    int LeastHistory,
    Provenance Provenance,
    string Source);

/// <summary>How far after its publication's retrieval a period may start, or an instant stand: clocks differ.</summary>
/// <param name="Source">Where the allowance comes from.</param>
public sealed record FutureRule(TimeSpan Allowance, Provenance Provenance, string Source);

/// <summary>What statements are held to on their way in; the catalogue's numbers.</summary>
public sealed record CheckRules(
    IReadOnlyDictionary<MetricKey, ValueRule> Values,
    IReadOnlyList<Relation> Relations,
    IReadOnlyList<UnitSlip> UnitSlips,
    FutureRule Future);
