using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>What a publication says of a metric, an organisation and a period: a number, or why there is none.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="Organisation">The organisation's ODS code.</param>
/// <param name="PeriodStart">Where the period starts.</param>
/// <param name="PeriodEnd">Where it ends, exclusive.</param>
/// <param name="Value">The number; null where there is none. Never a zero for a missing figure.</param>
/// <param name="Absence">
/// Why there is no number: not-due, late, source-down, rejected, suppressed, not-applicable or withdrawn; null where there is one.
/// </param>
/// <param name="Unit">The unit of the number.</param>
/// <param name="BreakNote">What changed where the series breaks in this period; null where it does not.</param>
/// <param name="MethodSince">
/// The day of the newest break in the series up to the end of this period: only what bears the same day was made by one method; null where
/// there was no break so far.
/// </param>
/// <param name="Publication">The id of the publication that says it; null where none does, which is only listed where gaps are asked for.</param>
/// <param name="Row">The row of the publication, counted from 1; null where no publication says it.</param>
/// <param name="RecordedAt">When the hub learnt it; null where nothing is stated.</param>
/// <param name="Shared">
/// true: of an organisation that serves one of those asked for, and others perhaps; the figure is that of all of them together, not to be
/// split and not to be summed.
/// </param>
/// <param name="Simulated">true: the organisation is made up, and so is the figure.</param>
internal record StatementItem(
    string Metric,
    string Organisation,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd,
    double? Value,
    string? Absence,
    string Unit,
    string? BreakNote,
    DateOnly? MethodSince,
    string? Publication,
    int? Row,
    DateTimeOffset? RecordedAt,
    bool Shared,
    bool Simulated)
{
    public static StatementItem Of(RecordedStatement statement, HubCatalogue catalogue, bool isShared)
    {
        var metric = catalogue.Metrics.GetValueOrDefault(statement.Series.Metric);
        return new StatementItem(
            statement.Series.Metric.ToString(),
            statement.Series.Organisation.ToString(),
            statement.Period.Start,
            statement.Period.End,
            statement.Figure.TryGetNumber(out var number) ? number : null,
            statement.Figure.Absence?.ToText(),
            metric?.Unit ?? "",
            SeriesBreaks.NoteIn(metric, statement.Period),
            SeriesBreaks.MethodSince(metric, statement.Period),
            statement.Publication.ToString(),
            statement.Row,
            statement.RecordedAt,
            isShared,
            catalogue.IsSimulated(statement.Series.Organisation));
    }

    /// <summary>A period for which nothing is stated.</summary>
    public static StatementItem OfGap(SeriesKey series, Period period, AbsenceCode absence, Metric metric, bool simulated) => new(
        series.Metric.ToString(),
        series.Organisation.ToString(),
        period.Start,
        period.End,
        Value: null,
        absence.ToText(),
        metric.Unit,
        SeriesBreaks.NoteIn(metric, period),
        SeriesBreaks.MethodSince(metric, period),
        Publication: null,
        Row: null,
        RecordedAt: null,
        Shared: false,
        simulated);
}

/// <summary>Figures as they were stated.</summary>
/// <param name="AsOf">The instant of knowing: nothing recorded later is among them.</param>
/// <param name="Breaks">Where the series of the metrics break, up to the end of the range asked for: those before it are in force in it.</param>
/// <param name="Items">By metric, organisation, period start and period end.</param>
/// <param name="Next">The address of the next page; null on the last one.</param>
internal sealed record StatementsAnswer(
    DateTimeOffset AsOf, IReadOnlyList<BreakItem> Breaks, IReadOnlyList<StatementItem> Items, string? Next);

internal static class SeriesBreaks
{
    /// <summary>What changed on a day of the period; null where nothing did.</summary>
    public static string? NoteIn(Metric? metric, Period period)
    {
        if (metric is not { Breaks.Count: > 0 })
        {
            return null;
        }

        string[] notes = [.. metric.Breaks.Where(entry => period.Contains(LondonCalendar.StartOf(entry.From))).Select(entry => entry.Note)];
        return notes.Length > 0 ? string.Join(" ", notes) : null;
    }

    /// <summary>
    /// Since when figures have been made as this period's are. No figure may stand in the period in which the series breaks, so that
    /// every later one has to say it.
    /// </summary>
    public static DateOnly? MethodSince(Metric? metric, Period period)
    {
        DateOnly? newest = null;
        foreach (var entry in metric?.Breaks ?? [])
        {
            if (LondonCalendar.StartOf(entry.From) < period.End && !(entry.From <= newest))
            {
                newest = entry.From;
            }
        }

        return newest;
    }

    /// <summary>The breaks of the metrics selected before an instant; all of them where there is none.</summary>
    public static IReadOnlyList<BreakItem> Before(SeriesSelection selection, DateTimeOffset? to, HubCatalogue catalogue) =>
        BreakItem.Among(
            catalogue.Metrics.Values.Where(metric => selection.Metrics?.Contains(metric.Key) ?? true).OrderBy(metric => metric.Key),
            day => !(LondonCalendar.StartOf(day) >= to));
}
