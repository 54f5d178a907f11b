using MetricsHub.Catalogue;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api;

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

/// <summary>Figures gathered into steps. Steps that hold no statement are left out.</summary>
/// <param name="AsOf">The instant of knowing: nothing recorded later is among them.</param>
/// <param name="Step">hour (of UTC), day or month (of Europe/London).</param>
/// <param name="Aggregate">mean, sum, minimum, maximum, last or count.</param>
/// <param name="Breaks">Where the series of the metrics break, up to the end of the range asked for: those before it are in force in it.</param>
/// <param name="Items">By metric, organisation and step.</param>
/// <param name="Next">The address of the next page; null on the last one.</param>
internal sealed record StepsAnswer(
    DateTimeOffset AsOf, string Step, string Aggregate, IReadOnlyList<BreakItem> Breaks, IReadOnlyList<StepItem> Items, string? Next);
