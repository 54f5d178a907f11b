using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>A figure of one series; of an hour or a day the last one.</summary>
/// <param name="At">The end of its period, or of the hour or day; where nothing is stated the end of the time.</param>
/// <param name="Value">The number; null where there is none, which is never a zero.</param>
/// <param name="State">stated; absent (why stands in text); none (nothing is stated in this time).</param>
/// <param name="Text">The number with its unit, or why there is none.</param>
/// <param name="Unit">The metric's unit.</param>
internal sealed record SeriesRow(DateTimeOffset At, double? Value, string State, string Text, string Unit);

/// <summary>The way of one metric of one organisation through a time, in as many steps as a chart can show.</summary>
internal sealed class SeriesBoard(HubCatalogue catalogue, IObservationStore store, BoardKeeper keeper)
{
    public async Task<IReadOnlyList<SeriesRow>> ReadAsync(Organisation organisation, string metric, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (start, end) = (Cadence.QuarterHour.PeriodHolding(from).Start, Grid.SlotAt(Cadence.QuarterHour, to).End);
        if (!MetricKey.TryParse(metric, out var key) || !catalogue.Metrics.TryGetValue(key, out var known))
        {
            return [Nothing(end, "", "No metric is chosen: nothing is stated of this organisation itself.")];
        }

        var rows = start >= end ? []
            : await keeper.CurrentAsync(("series", organisation.Code, key, start, end), () => FindAsync(organisation.Code, key, new Period(start, end)), cancellationToken);
        return rows.Count > 0 ? rows : [Nothing(end, known.Unit, $"Nothing is stated of {organisation.Name} in this time.")];
    }

    private async Task<IReadOnlyList<SeriesRow>> FindAsync(OrganisationCode organisation, MetricKey metric, Period window)
    {
        var selection = new SeriesSelection(new HashSet<MetricKey> { metric }, new HashSet<OrganisationCode> { organisation });
        if (BoardSteps.Of(window) is { } step)
        {
            var steps = await store.AggregateAsync(new AggregateQuery(selection, window.Start, window.End, step), CancellationToken.None);
            return [.. steps.Select(found => ToRow(StepItem.Of(found, step, Aggregate.Last, catalogue), window.End)).OrderBy(row => row.At)];
        }

        var statements = await store.ReadAsync(new StatementQuery(selection, window.Start, window.End), CancellationToken.None);
        return [.. statements.Select(found => ToRow(StatementItem.Of(found, catalogue, isShared: false))).OrderBy(row => row.At)];
    }

    private static SeriesRow ToRow(StatementItem item) => item.Value is { } value
        ? new SeriesRow(item.PeriodEnd, value, "stated", BoardWords.Value(value, item.Unit), item.Unit)
        : new SeriesRow(item.PeriodEnd, null, "absent", item.Absence ?? "", item.Unit);

    private static SeriesRow ToRow(StepItem item, DateTimeOffset end)
    {
        var at = item.StepEnd < end ? item.StepEnd : end;
        return item.Value is { } value
            ? new SeriesRow(at, value, "stated", $"{BoardWords.Value(value, item.Unit)}, the last of {item.Count}", item.Unit)
            : new SeriesRow(at, null, "absent", $"{item.Absences} absences", item.Unit);
    }

    private static SeriesRow Nothing(DateTimeOffset at, string unit, string why) => new(at, null, BoardWords.None, why, unit);
}
