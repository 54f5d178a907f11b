using MetricsHub.Domain;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Catalogue;

/// <summary>Turns checked files into what statements are held to. Everything it relies on has been checked before.</summary>
internal static class CheckRulesBuilder
{
    public static CheckRules Build(ChecksFile checks, MetricsFile metrics) => new(
        metrics.Metrics
            .Where(metric => metric.Plausible is not null || metric.Whole)
            .ToDictionary(metric => new MetricKey(metric.Key!), metric => ToValueRule(metric, checks.Plausible!)),
        [.. checks.NotAbove.Select(ToRelation), .. checks.Parts.Select(ToRelation)],
        [.. checks.UnitSlips.Select(slip => ToUnitSlip(slip, metrics))],
        new FutureRule(TimeSpan.FromMinutes(checks.Future!.AllowMinutes!.Value), ProvenanceOf(checks.Future), checks.Future.Source!));

    private static ValueRule ToValueRule(MetricEntry metric, PlausibleEntry plausible) => new(
        metric.Plausible is { } range ? CatalogueWords.ToInterval(range) : null, metric.Whole, ProvenanceOf(plausible), plausible.Source!);

    private static Relation ToRelation(NotAboveEntry entry) => ToRelation(
        CheckKinds.NotAbove, [entry.Part!], entry.Whole!, entry.Allow, tolerance: 0, makesUp: false, entry.Refuses, entry);

    private static Relation ToRelation(PartsEntry entry) => ToRelation(
        CheckKinds.Parts, entry.Parts, entry.Total!, allow: 1, entry.Tolerance, entry.MakesUp!.Value, entry.Refuses, entry);

    private static Relation ToRelation(
        CheckKinds kind, List<string> parts, string total, double allow, double tolerance, bool makesUp, List<string> refuses, RuleEntry entry) => new(
        kind,
        [.. parts.Select(key => new MetricKey(key))],
        new MetricKey(total),
        allow,
        tolerance,
        makesUp,
        (refuses.Count > 0 ? refuses : [.. parts, total]).Select(key => new MetricKey(key)).ToHashSet(),
        ProvenanceOf(entry),
        entry.Source!);

    private static UnitSlip ToUnitSlip(UnitSlipEntry entry, MetricsFile metrics) => new(
        entry.LooksLike!,
        metrics.Metrics.Where(metric => entry.Units.Contains(metric.Unit!)).Select(metric => metric.Key!)
            .Union(entry.Metrics).Select(key => new MetricKey(key)).ToHashSet(),
        CatalogueWords.ToInterval(entry.Times!),
        entry.LeastMedian!.Value,
        entry.History!.Value,
        entry.LeastHistory!.Value,
        ProvenanceOf(entry),
        entry.Source!);

    private static Provenance ProvenanceOf(RuleEntry entry) => CatalogueWords.Provenances[entry.Provenance!];
}
