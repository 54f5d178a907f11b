using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>Which of the figures that levels are made of a publication is about to change.</summary>
internal sealed class TouchedFigures(HubCatalogue catalogue, IObservationStore store)
{
    private readonly HashSet<MetricKey> inputs = [.. catalogue.Frameworks.SelectMany(catalogue.MetricsOf)];

    /// <summary>
    /// What it states, by series; and where it was read before, everything that the earlier reading may have stated, since what this one
    /// no longer states is withdrawn.
    /// </summary>
    public async Task<IReadOnlyList<TouchedSpan>> OfAsync(
        Publication publication, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        var stated = statements
            .Where(statement => inputs.Contains(statement.Series.Metric))
            .GroupBy(statement => statement.Series)
            .Select(series => new TouchedSpan(
                series.Key, series.Min(statement => statement.Period.Start), series.Max(statement => statement.Period.End)));
        return publication.Reading == default
            ? [.. stated]
            : Merge(stated.Concat(await StatedBeforeAsync(publication.Periods, cancellationToken)));
    }

    /// <summary>A publication that was refused in between does not say any more which periods it once spoke of: then it may be any.</summary>
    private async Task<IEnumerable<TouchedSpan>> StatedBeforeAsync(Period? periods, CancellationToken cancellationToken) =>
        (await store.ListSeriesAsync(new SeriesSelection(inputs, null), cancellationToken)).Select(extent => new TouchedSpan(
            extent.Series, periods?.Start ?? extent.FirstPeriodStart, periods?.End ?? extent.LastPeriodEnd));

    private static List<TouchedSpan> Merge(IEnumerable<TouchedSpan> spans) =>
    [
        .. spans.GroupBy(span => span.Series)
            .Select(series => new TouchedSpan(series.Key, series.Min(span => span.FirstStart), series.Max(span => span.LastEnd))),
    ];
}
