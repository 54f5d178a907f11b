using MetricsHub.Catalogue;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>How a source stands: its runs, and how far its figures reach.</summary>
/// <param name="Word">never-run, failing (the last run did not succeed), overdue (the next period's figures are due and not there) or fresh.</param>
/// <param name="IsPending">Whether it has stated reference facts that this run of the hub was not started with.</param>
/// <param name="Waiting">How many of its publications are archived and wait to be stored.</param>
internal sealed record SourceStatus(SourceDefinition Source, string Word, SourceRuns? Runs, DateTimeOffset? NewestPeriodEnd, DateTimeOffset? NextDueAt, bool IsPending, int Waiting = 0)
{
    public static readonly IReadOnlyList<string> Words = ["fresh", "overdue", "failing", "never-run"];
}

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
        var waiting = await ledger.CountWaitingAsync(cancellationToken);
        var arrivals = await ledger.ListReferenceArrivalsAsync(cancellationToken);
        return
        [
            .. catalogue.Sources.Values
                .OrderBy(source => source.Key.ToString(), StringComparer.Ordinal)
                .Select(source => StatusOf(source, runs.GetValueOrDefault(source.Key), NewestByCadence(source, ends, published), IsPending(source.Key, arrivals), waiting.GetValueOrDefault(source.Key))),
        ];
    }

    private bool IsPending(SourceKey source, IReadOnlyDictionary<SourceKey, long> arrivals) =>
        arrivals.TryGetValue(source, out var newest) && newest > catalogue.Reference.NewestArrivals.GetValueOrDefault(source);

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

    private SourceStatus StatusOf(SourceDefinition source, SourceRuns? runs, List<(Cadence Cadence, DateTimeOffset End)> newestByCadence, bool isPending, int waiting)
    {
        // The rhythm whose next figures fall due first decides.
        var newest = newestByCadence.Count > 0 ? newestByCadence.Max(entry => entry.End) : (DateTimeOffset?)null;
        var nextDue = source.Timetable is { } timetable
            ? newestByCadence.Min(entry => NextDue(Expectation.Of(entry.Cadence, timetable), entry.End))
            : null;
        return new SourceStatus(source, WordFor(source, runs, newest, nextDue), runs, newest, nextDue, isPending, waiting);
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
