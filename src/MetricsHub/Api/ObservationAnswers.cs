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
/// <param name="Publication">The id of the publication that says it.</param>
/// <param name="Row">The row of the publication, counted from 1.</param>
/// <param name="RecordedAt">When the hub learnt it.</param>
/// <param name="Shared">
/// true: of an organisation that serves one of those asked for, and others perhaps; the figure is that of all of them together, not to be
/// split and not to be summed.
/// </param>
/// <param name="Simulated">true: the organisation is made up, and so is the figure.</param>
internal sealed record StatementItem(
    string Metric,
    string Organisation,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd,
    double? Value,
    string? Absence,
    string Unit,
    string? BreakNote,
    DateOnly? MethodSince,
    string Publication,
    int Row,
    DateTimeOffset RecordedAt,
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
}

/// <summary>The numbers of a metric and an organisation in a step.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="Organisation">The organisation's ODS code.</param>
/// <param name="StepStart">Where the step starts.</param>
/// <param name="StepEnd">Where it ends, exclusive.</param>
/// <param name="Value">The numbers gathered into one; null where the step holds none.</param>
/// <param name="Count">How many periods of the step have a number.</param>
/// <param name="Absences">How many have a coded absence instead.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="BreakNote">What changed where the series breaks in this step; null where it does not.</param>
/// <param name="MethodSince">
/// The day of the newest break in the series up to the end of this step: only what bears the same day was made by one method; null where
/// there was no break so far.
/// </param>
/// <param name="Simulated">true: the organisation is made up, and so are its figures.</param>
internal sealed record StepItem(
    string Metric,
    string Organisation,
    DateTimeOffset StepStart,
    DateTimeOffset StepEnd,
    double? Value,
    int Count,
    int Absences,
    string Unit,
    string? BreakNote,
    DateOnly? MethodSince,
    bool Simulated)
{
    public static StepItem Of(StepAggregate found, Step step, Aggregate aggregate, HubCatalogue catalogue)
    {
        var metric = catalogue.Metrics.GetValueOrDefault(found.Series.Metric);
        var period = PeriodOf(found.StepStart, step);
        return new StepItem(
            found.Series.Metric.ToString(),
            found.Series.Organisation.ToString(),
            period.Start,
            period.End,
            ValueOf(found, aggregate),
            found.Count,
            found.Absences,
            aggregate == Aggregate.Count ? "periods" : metric?.Unit ?? "",
            SeriesBreaks.NoteIn(metric, period),
            SeriesBreaks.MethodSince(metric, period),
            catalogue.IsSimulated(found.Series.Organisation));
    }

    private static double? ValueOf(StepAggregate found, Aggregate aggregate) => aggregate switch
    {
        Aggregate.Count => found.Count,
        _ when found.Count == 0 => null,
        Aggregate.Mean => found.Sum / found.Count,
        Aggregate.Sum => found.Sum,
        Aggregate.Minimum => found.Minimum,
        Aggregate.Maximum => found.Maximum,
        _ => found.Last,
    };

    private static Period PeriodOf(DateTimeOffset start, Step step) => step switch
    {
        Step.Hour => new Period(start.ToUniversalTime(), start.ToUniversalTime().AddHours(1)),
        Step.Day => LondonCalendar.Day(LondonCalendar.DateOf(start)),
        _ => LondonCalendar.MonthOf(start),
    };
}

/// <summary>Figures as they were stated.</summary>
/// <param name="AsOf">The instant of knowing: nothing recorded later is among them.</param>
/// <param name="Breaks">Where the series of the metrics break, up to the end of the range asked for: those before it are in force in it.</param>
/// <param name="Items">By metric, organisation, period start and period end.</param>
/// <param name="Next">The address of the next page; null on the last one.</param>
internal sealed record StatementsAnswer(
    DateTimeOffset AsOf, IReadOnlyList<BreakItem> Breaks, IReadOnlyList<StatementItem> Items, string? Next);

/// <summary>Figures gathered into steps. Steps that hold no statement are left out.</summary>
/// <param name="AsOf">The instant of knowing: nothing recorded later is among them.</param>
/// <param name="Step">hour (of UTC), day or month (of Europe/London).</param>
/// <param name="Aggregate">mean, sum, minimum, maximum, last or count.</param>
/// <param name="Breaks">Where the series of the metrics break, up to the end of the range asked for: those before it are in force in it.</param>
/// <param name="Items">By metric, organisation and step.</param>
/// <param name="Next">The address of the next page; null on the last one.</param>
internal sealed record StepsAnswer(
    DateTimeOffset AsOf, string Step, string Aggregate, IReadOnlyList<BreakItem> Breaks, IReadOnlyList<StepItem> Items, string? Next);

internal static class SeriesBreaks
{
    /// <summary>What changed on a day of the period; null where nothing did.</summary>
    public static string? NoteIn(Metric? metric, Period period)
    {
        string[] notes = [.. (metric?.Breaks ?? []).Where(entry => period.Contains(LondonCalendar.StartOf(entry.From))).Select(entry => entry.Note)];
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
