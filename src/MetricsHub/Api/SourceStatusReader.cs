using MetricsHub.Catalogue;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>How a source stands: its runs, and how far its figures reach.</summary>
/// <param name="Word">never-run, failing (the last run did not succeed), overdue (the next period's figures are due and not there) or fresh.</param>
/// <param name="IsPending">Whether it has stated reference facts that this run of the hub was not started with.</param>
internal sealed record SourceStatus(SourceDefinition Source, string Word, SourceRuns? Runs, DateTimeOffset? NewestPeriodEnd, DateTimeOffset? NextDueAt, bool IsPending);

/// <summary>Reads how sources stand, from the ledger's runs and the extent of the series.</summary>
internal sealed class SourceStatusReader(HubCatalogue catalogue, IObservationStore store, ILedger ledger, TimeProvider clock)
{
    /// <summary>Every source of the catalogue, by key.</summary>
    public async Task<IReadOnlyList<SourceStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var runs = (await ledger.ListSourceRunsAsync(cancellationToken)).ToDictionary(entry => entry.Source);
        var ends = (await store.ListSeriesAsync(SeriesSelection.All, cancellationToken))
            .GroupBy(extent => extent.Series.Metric)
            .ToDictionary(group => group.Key, group => group.Max(extent => extent.LastPeriodEnd));
        var arrivals = await ledger.ListReferenceArrivalsAsync(cancellationToken);
        return
        [
            .. catalogue.Sources.Values
                .OrderBy(source => source.Key.ToString(), StringComparer.Ordinal)
                .Select(source => StatusOf(source, runs.GetValueOrDefault(source.Key), ends, IsPending(source.Key, arrivals))),
        ];
    }

    private bool IsPending(SourceKey source, IReadOnlyDictionary<SourceKey, long> arrivals) =>
        arrivals.TryGetValue(source, out var newest) && newest > catalogue.Reference.NewestArrivals.GetValueOrDefault(source);

    private SourceStatus StatusOf(SourceDefinition source, SourceRuns? runs, Dictionary<MetricKey, DateTimeOffset> ends, bool isPending)
    {
        // A source can publish in more than one rhythm; the one whose next figures fall due first decides.
        var newestByCadence = catalogue.MetricsOf(source.Key)
            .Where(metric => ends.ContainsKey(metric.Key))
            .GroupBy(metric => metric.Cadence, metric => ends[metric.Key])
            .Select(group => (Cadence: group.Key, End: group.Max()))
            .ToList();
        var newest = newestByCadence.Count > 0 ? newestByCadence.Max(entry => entry.End) : (DateTimeOffset?)null;
        var nextDue = source.Timetable is { } timetable
            ? newestByCadence.Min(entry => NextDue(Expectation.Of(entry.Cadence, timetable), entry.End))
            : null;
        return new SourceStatus(source, WordFor(source, runs, newest, nextDue), runs, newest, nextDue, isPending);
    }

    // Of reference facts nothing falls due: what was read last holds until it is read anew.
    private string WordFor(SourceDefinition source, SourceRuns? runs, DateTimeOffset? newest, DateTimeOffset? nextDue) =>
        runs is null ? "never-run"
        : runs.Last.Outcome is RunOutcome.Failed or RunOutcome.Partial or RunOutcome.Interrupted ? "failing"
        : source.Timetable is not null && (newest is null || nextDue <= clock.GetUtcNow()) ? "overdue"
        : "fresh";

    private static DateTimeOffset? NextDue(Expectation expectation, DateTimeOffset newestEnd) =>
        expectation.FirstFrom(newestEnd) is { } next ? expectation.DueAt(next) : null;

    public async Task<SourceStatus?> FindAsync(SourceKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).FirstOrDefault(status => status.Source.Key == key);
}
