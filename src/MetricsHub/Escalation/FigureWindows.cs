using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// Reads the figures that some slots rest on, and no more than needed: as far back as the maximum ages reach, and further only for those
/// organisations that have not stated everything an indicator needs of them since (<see cref="CompleteFigures"/>). The slots come out as
/// if every figure had been read.
/// </summary>
/// <param name="few">Up to how many figures all of them are read at once: that is one look at the store in place of several.</param>
internal sealed class FigureWindows(HubCatalogue catalogue, IObservationStore store, int few = 20_000)
{
    /// <summary>How much further is read for those of whom something lacks, one step after the other; at last all there is.</summary>
    private static readonly TimeSpan?[] FurtherBack = [TimeSpan.FromDays(8), TimeSpan.FromDays(400), null];

    /// <param name="first">The first slot that is to be read.</param>
    /// <param name="until">The end of the last one.</param>
    /// <param name="asOf">Only what had been recorded by then; null for what is known now.</param>
    public async Task<StatementSet> ReadAsync(
        Framework framework, FrameworkSeries series, DateTimeOffset first, DateTimeOffset until, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        if (series.Extents.Values.Sum(MostFigures) <= few)
        {
            return new StatementSet(await store.ReadAsync(
                new StatementQuery(new SeriesSelection(catalogue.MetricsOf(framework), series.Organisations), To: until, AsOf: asOf), cancellationToken));
        }

        var indicators = framework.Parameters.Select(parameter => (
            Indicator: catalogue.Indicators[parameter.Indicator],
            Reach: ReachOf(catalogue.Indicators[parameter.Indicator], parameter.MaximumAge?.Value ?? TimeSpan.Zero))).ToList();
        var since = indicators
            .SelectMany(input => MetricsOf(input.Indicator).Select(metric => (metric, Since: first - input.Reach)))
            .GroupBy(entry => entry.metric)
            .ToDictionary(group => group.Key, group => group.Min(entry => entry.Since));
        var found = new Dictionary<SeriesKey, Window>();
        foreach (var group in since.GroupBy(entry => entry.Value, entry => entry.Key))
        {
            await ReadAsync([.. group], series.Organisations, group.Key);
        }

        var stating = series.Extents.Keys.Select(key => key.Organisation).ToHashSet();
        foreach (var further in FurtherBack)
        {
            var from = further is { } time ? first - time : (DateTimeOffset?)null;
            var lacking = indicators
                .SelectMany(input => stating.Where(organisation => Lacks(input.Indicator, organisation, from)).Select(organisation => (input.Indicator, organisation)))
                .ToList();
            if (lacking.Count > 0)
            {
                await ReadAsync(
                    lacking.SelectMany(entry => MetricsOf(entry.Indicator)).ToHashSet(), lacking.Select(entry => entry.organisation).ToHashSet(), from);
            }
        }

        return new StatementSet(found.ToDictionary(entry => entry.Key, entry => entry.Value.Statements));

        async Task ReadAsync(HashSet<MetricKey> metrics, IReadOnlySet<OrganisationCode> organisations, DateTimeOffset? from)
        {
            var keys = series.Extents.Keys.Where(key => metrics.Contains(key.Metric) && organisations.Contains(key.Organisation)).ToList();
            var statements = keys.TrueForAll(key => series.Extents[key].LastPeriodEnd <= from)
                ? []
                : await store.ReadAsync(new StatementQuery(new SeriesSelection(metrics, organisations), from, until, asOf), cancellationToken);
            var bySeries = StatementSet.BySeries(statements);
            foreach (var key in keys)
            {
                if (!found.TryGetValue(key, out var known) || from is null || known.Since > from)
                {
                    found[key] = new Window(from, bySeries.GetValueOrDefault(key, []));
                }
            }
        }

        // Where everything that was not read yet lies further back still, looking there would find nothing.
        bool Lacks(Indicator indicator, OrganisationCode organisation, DateTimeOffset? from) =>
            MetricsOf(indicator).Any(metric => series.Extents.TryGetValue(new SeriesKey(metric, organisation), out var extent)
                && extent.FirstPeriodStart < found[extent.Series].Since && !(extent.LastPeriodEnd <= from))
            && CompleteFigures.LastEnd(indicator, organisation, first, key => found.TryGetValue(key, out var known) ? known.Column : SeriesColumn.Empty) is null;
    }

    private static IEnumerable<MetricKey> MetricsOf(Indicator indicator) => indicator.Formulas.SelectMany(formula => formula.Metrics).Distinct();

    /// <summary>How many figures a series can have at most.</summary>
    private double MostFigures(SeriesExtent extent) =>
        Math.Ceiling((extent.LastPeriodEnd - extent.FirstPeriodStart) / LengthOf(catalogue.Metrics[extent.Series.Metric].Cadence));

    private static TimeSpan LengthOf(Cadence cadence) => cadence switch
    {
        Cadence.QuarterHour => TimeSpan.FromMinutes(15),
        Cadence.Day => TimeSpan.FromHours(23),
        Cadence.Month => TimeSpan.FromDays(28) - TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(90) - TimeSpan.FromHours(1),
    };

    /// <summary>How long before a slot's end a period may have begun that speaks for it; periods are taken for longer than they can be.</summary>
    private TimeSpan ReachOf(Indicator indicator, TimeSpan maximumAge) =>
        maximumAge + (4 * MetricsOf(indicator).Max(metric => LengthOf(catalogue.Metrics[metric].Cadence)));

    /// <summary>What was read of one series.</summary>
    /// <param name="Since">From where on; null for all of it.</param>
    private sealed record Window(DateTimeOffset? Since, List<RecordedStatement> Statements)
    {
        public SeriesColumn Column => field ??= SeriesColumn.Of(Statements);
    }
}
