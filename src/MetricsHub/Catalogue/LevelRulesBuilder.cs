using MetricsHub.Domain.Headroom;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Catalogue;

/// <summary>Turns checked files into what is told about levels and about capacity. Everything it relies on has been checked before.</summary>
internal static class LevelRulesBuilder
{
    public static LevelHealthRules Build(LevelHealthFile file)
    {
        var (chatter, standing) = (file.Chatter!, file.Standing!);
        return new LevelHealthRules(
            new ChatterRule(chatter.StartsAt!.Value, chatter.EndsAt!.Value, CatalogueWords.Provenances[chatter.Provenance!], chatter.Source!),
            new StandingRule(
                standing.WorstBandPercent!.Value, standing.BestBandPercent!.Value, standing.MissingPercent!.Value, standing.LevelPercent!.Value,
                standing.LeastReadings!.Value, CatalogueWords.Provenances[standing.Provenance!], standing.Source!));
    }

    /// <summary>The order of the file is kept.</summary>
    public static IReadOnlyList<HeadroomRule> Build(HeadroomFile file, IReadOnlyDictionary<MetricKey, Metric> metrics) =>
    [
        .. file.Headroom.Select(entry => new HeadroomRule(
            entry.Key!,
            entry.Name!,
            entry.ServiceDomain!,
            KeyOf(entry.Capacity),
            KeyOf(entry.Used),
            KeyOf(entry.Free),
            metrics[KeyOf(entry.Free) ?? KeyOf(entry.Capacity)!.Value].Unit,
            CatalogueWords.TryParseDuration(entry.MaximumAge, out var age) ? age : throw new InvalidOperationException($"'{entry.MaximumAge}' passed the check and is no duration."),
            CatalogueWords.Provenances[entry.Provenance!],
            entry.Source!)),
    ];

    private static MetricKey? KeyOf(string? text) => text is null ? null : new MetricKey(text);
}
