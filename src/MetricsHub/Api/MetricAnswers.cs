using MetricsHub.Catalogue;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Api;

/// <summary>What is measured.</summary>
/// <param name="Key">The name by which everything refers to it.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What is counted and what is not.</param>
/// <param name="Unit">The unit of a figure.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="Cadence">How long a period is: quarter-hour, day, month or quarter.</param>
/// <param name="Measure">flow: counted over the period; snapshot: read at one moment of it, never summed over time.</param>
/// <param name="Polarity">low-is-good, high-is-good or no-judgement.</param>
/// <param name="CountsPeople">Whether a figure counts people, so that small ones may need suppressing before publication.</param>
/// <param name="ReportedBy">The kinds of organisation that figures are stated for.</param>
/// <param name="Breaks">Days from which figures are made by another method or over another population.</param>
/// <param name="Sources">The keys of the sources that state it: one publisher, or each provider's feed; none where it is only pushed.</param>
internal sealed record MetricItem(
    string Key,
    string Name,
    string Description,
    string Unit,
    string ServiceDomain,
    string Cadence,
    string Measure,
    string Polarity,
    bool CountsPeople,
    IReadOnlyList<string> ReportedBy,
    IReadOnlyList<BreakItem> Breaks,
    IReadOnlyList<string> Sources)
{
    public static MetricItem Of(Metric metric, HubCatalogue catalogue) => new(
        metric.Key.ToString(),
        metric.Name,
        metric.Description,
        metric.Unit,
        metric.ServiceDomain,
        metric.Cadence.ToWord(),
        metric.Measure.ToWord(),
        metric.Polarity.ToWord(),
        metric.CountsPeople,
        [.. metric.ReportedBy.Select(kind => kind.ToWord())],
        [.. metric.Breaks.Select(entry => new BreakItem(entry.From, entry.Note, entry.Source, [metric.Key.ToString()]))],
        [.. catalogue.SourcesOf(metric.Key).Select(source => source.Key.ToString())]);
}

/// <summary>A break in a series: figures before and after it do not compare without care.</summary>
/// <param name="From">The first day of the new method.</param>
/// <param name="Note">What changed.</param>
/// <param name="Source">What states it.</param>
/// <param name="Metrics">The metrics that it breaks.</param>
internal sealed record BreakItem(DateOnly From, string Note, string Source, IReadOnlyList<string> Metrics)
{
    /// <summary>The breaks of several metrics whose first day a condition holds for; one entry for each note, oldest first.</summary>
    public static IReadOnlyList<BreakItem> Among(IEnumerable<Metric> metrics, Func<DateOnly, bool> isMeant) =>
    [
        .. metrics
            .SelectMany(metric => metric.Breaks.Where(entry => isMeant(entry.From)).Select(entry => (entry, metric.Key)))
            .GroupBy(pair => pair.entry, pair => pair.Key.ToString())
            .OrderBy(group => group.Key.From)
            .Select(group => new BreakItem(group.Key.From, group.Key.Note, group.Key.Source, [.. group])),
    ];
}

/// <summary>A judged quantity: numerator over denominator, each a sum of metrics over all organisations below the one judged.</summary>
/// <param name="Key">The name by which everything refers to it.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Description">What it says.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="Unit">The unit of the quotient; share is a fraction of 1.</param>
/// <param name="Polarity">low-is-good, high-is-good or no-judgement.</param>
/// <param name="Per">How many of the denominator the quotient is for: 1, or 1000 for a rate per thousand.</param>
/// <param name="Formulas">How it is made; for each organisation the first formula whose metrics it states.</param>
internal sealed record IndicatorItem(
    string Key, string Name, string Description, string ServiceDomain, string Unit, string Polarity, int Per, IReadOnlyList<FormulaItem> Formulas)
{
    public static IndicatorItem Of(Indicator indicator) => new(
        indicator.Key,
        indicator.Name,
        indicator.Description,
        indicator.ServiceDomain,
        indicator.Unit,
        indicator.Polarity.ToWord(),
        indicator.Per,
        [.. indicator.Formulas.Select(formula => new FormulaItem([.. formula.Numerator.Select(TermItem.Of)], [.. formula.Denominator.Select(TermItem.Of)]))]);
}

/// <summary>Numerator over denominator.</summary>
/// <param name="Numerator">The terms above the line.</param>
/// <param name="Denominator">The terms below the line.</param>
internal sealed record FormulaItem(IReadOnlyList<TermItem> Numerator, IReadOnlyList<TermItem> Denominator);

/// <summary>A metric that is added to a sum, or taken from it.</summary>
/// <param name="Metric">The metric's key.</param>
/// <param name="Subtract">Whether it is taken from the sum.</param>
/// <param name="Times">The key of the metric that it is multiplied by; null where it stands alone.</param>
internal sealed record TermItem(string Metric, bool Subtract, string? Times)
{
    public static TermItem Of(IndicatorTerm term) => new(term.Metric.ToString(), term.Subtract, term.Times?.ToString());
}

/// <summary>A part of health and care that people turn to.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
internal sealed record ServiceDomainItem(string Key, string Name);
