using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>
/// What is stated of series in a range together with the periods for which nothing is, each with the reason. Organisations of a kind
/// that does not report a metric are left out; codes that the catalogue does not know are taken to report it.
/// </summary>
internal sealed class ObservationGaps(HubCatalogue catalogue, IReadOnlyDictionary<SourceKey, SourceStanding> standings, DateTimeOffset knownAt)
{
    /// <param name="stated">Every statement of the series whose period starts in the range.</param>
    /// <param name="from">Periods that start at or after it.</param>
    /// <param name="to">Periods that start before it.</param>
    /// <returns>By metric, organisation, period start and period end, from after <paramref name="after"/> on.</returns>
    public IEnumerable<StatementItem> List(
        SeriesSelection selection, IReadOnlyList<RecordedStatement> stated, DateTimeOffset from, DateTimeOffset to, StatementPosition? after)
    {
        var bySeries = stated.ToLookup(statement => statement.Series);
        var series = selection.Metrics!.Order().SelectMany(metric => selection.Organisations!.Order().Select(code => new SeriesKey(metric, code)));
        return series.SelectMany(key => Of(key, [.. bySeries[key]], from, to)).SkipWhile(item => after is not null && !IsAfter(item, after));
    }

    private IEnumerable<StatementItem> Of(SeriesKey series, List<RecordedStatement> stated, DateTimeOffset from, DateTimeOffset to)
    {
        var metric = catalogue.Metrics[series.Metric];
        var items = stated.Select(statement => StatementItem.Of(statement, catalogue, isShared: false));
        return Reports(series.Organisation, metric)
            ? items.Concat(Gaps(series, metric, stated, from, to)).OrderBy(item => item.PeriodStart).ThenBy(item => item.PeriodEnd)
            : items;
    }

    private IEnumerable<StatementItem> Gaps(SeriesKey series, Metric metric, List<RecordedStatement> stated, DateTimeOffset from, DateTimeOffset to) =>
        metric.Cadence.PeriodsBetween(from, to)
            .Except(stated.Select(statement => statement.Period))
            .Select(period => StatementItem.OfGap(series, period, catalogue.Expectations.WhyAbsent(series, period, knownAt, StandingOf), metric, catalogue.IsSimulated(series.Organisation)));

    private SourceStanding StandingOf(SourceKey source) => standings.GetValueOrDefault(source, SourceStanding.NeverRead);

    private bool Reports(OrganisationCode code, Metric metric) =>
        catalogue.Organisations.Find(code) is not { } organisation || metric.ReportedBy.Contains(organisation.Kind);

    private static bool IsAfter(StatementItem item, StatementPosition position) =>
        (new MetricKey(item.Metric), new OrganisationCode(item.Organisation), item.PeriodStart, item.PeriodEnd)
            .CompareTo((position.Series.Metric, position.Series.Organisation, position.Period.Start, position.Period.End)) > 0;
}
