using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>How a source stands: its runs, and how far its figures reach.</summary>
/// <param name="Word">never-run, failing (the last run did not succeed), overdue (the next period's figures are due and not there) or fresh.</param>
internal sealed record SourceStatus(SourceDefinition Source, string Word, SourceRuns? Runs, DateTimeOffset? NewestPeriodEnd, DateTimeOffset? NextDueAt);

/// <summary>
/// Reads how sources stand, from the ledger's runs and the extent of the series. Where several sources state a metric the series do not tell
/// whose the newest figure is: then the ledger says how far each one's own publications reach.
/// </summary>
internal sealed class SourceStatusReader(HubCatalogue catalogue, IObservationStore store, ILedger ledger, TimeProvider clock)
{
    /// <summary>Every source of the catalogue, by key.</summary>
    public async Task<IReadOnlyList<SourceStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var runs = (await ledger.ListSourceRunsAsync(cancellationToken)).ToDictionary(entry => entry.Source);
        var ends = (await store.ListSeriesAsync(SeriesSelection.All, cancellationToken))
            .GroupBy(extent => extent.Series.Metric)
            .ToDictionary(group => group.Key, group => group.Max(extent => extent.LastPeriodEnd));
        var published = await ledger.ListNewestPeriodEndsAsync(source: null, cancellationToken);
        return
        [
            .. catalogue.Sources.Values
                .OrderBy(source => source.Key.ToString(), StringComparer.Ordinal)
                .Select(source => StatusOf(source, runs.GetValueOrDefault(source.Key), NewestByCadence(source, ends, published))),
        ];
    }

    /// <summary>A source can publish in more than one rhythm: how far it reaches in each.</summary>
    private List<(Cadence Cadence, DateTimeOffset End)> NewestByCadence(
        SourceDefinition source, Dictionary<MetricKey, DateTimeOffset> ends, IReadOnlyDictionary<SourceKey, DateTimeOffset> published)
    {
        var metrics = catalogue.MetricsOf(source.Key).ToLookup(metric => catalogue.SourcesOf(metric.Key).Count() > 1);
        var newest = metrics[false]
            .Where(metric => ends.ContainsKey(metric.Key))
            .GroupBy(metric => metric.Cadence, metric => ends[metric.Key])
            .Select(group => (Cadence: group.Key, End: group.Max()))
            .ToList();
        if (metrics[true].Any() && published.TryGetValue(source.Key, out var end))
        {
            newest.Add((metrics[true].Min(metric => metric.Cadence), end));
        }

        return newest;
    }

    private SourceStatus StatusOf(SourceDefinition source, SourceRuns? runs, List<(Cadence Cadence, DateTimeOffset End)> newestByCadence)
    {
        // The rhythm whose next figures fall due first decides.
        var newest = newestByCadence.Count > 0 ? newestByCadence.Max(entry => entry.End) : (DateTimeOffset?)null;
        var nextDue = newestByCadence.Count > 0
            ? newestByCadence.Min(entry => NextEnd(entry.Cadence, entry.End) + source.DueAfterPeriodEnd)
            : (DateTimeOffset?)null;
        return new SourceStatus(source, WordFor(runs, nextDue), runs, newest, nextDue);
    }

    private string WordFor(SourceRuns? runs, DateTimeOffset? nextDue) =>
        runs is null ? "never-run"
        : runs.Last.Outcome is RunOutcome.Failed or RunOutcome.Partial or RunOutcome.Interrupted ? "failing"
        : nextDue is null || nextDue <= clock.GetUtcNow() ? "overdue"
        : "fresh";

    private static DateTimeOffset NextEnd(Cadence cadence, DateTimeOffset end) => cadence switch
    {
        Cadence.Month => LondonCalendar.MonthOf(end).End,
        Cadence.Quarter => LondonCalendar.QuarterOf(end).End,
        Cadence.Day => LondonCalendar.Day(LondonCalendar.DateOf(end)).End,
        Cadence.QuarterHour => end.AddMinutes(15),
        _ => throw new ArgumentOutOfRangeException(nameof(cadence), cadence, "Not a cadence."),
    };

    public async Task<SourceStatus?> FindAsync(SourceKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(status => status.Source.Key == key);
}
