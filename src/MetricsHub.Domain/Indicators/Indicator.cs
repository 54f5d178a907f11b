using MetricsHub.Domain.Metrics;

namespace MetricsHub.Domain.Indicators;

/// <summary>
/// A judged quantity: numerator over denominator, each a sum of metrics over every organisation below the one that is judged. Never
/// an average of ratios: a small site's share does not weigh as much as a large one's.
/// </summary>
/// <param name="Unit">The unit of the quotient; <c>share</c> is a fraction that is shown as a percentage.</param>
/// <param name="Formulas">
/// How it is made, in order of preference: for each organisation the first formula whose metrics it states. A publisher that gives
/// the same quantity in two layouts needs two.
/// </param>
/// <param name="Per">How many of the denominator the quotient is for: 1,000 makes "appointments per 1,000 patients".</param>
public sealed record Indicator(
    string Key,
    string Name,
    string Description,
    string ServiceDomain,
    string Unit,
    Polarity Polarity,
    IReadOnlyList<IndicatorFormula> Formulas,
    int Per = 1);

/// <summary>Numerator over denominator.</summary>
public sealed record IndicatorFormula(IReadOnlyList<IndicatorTerm> Numerator, IReadOnlyList<IndicatorTerm> Denominator)
{
    public IEnumerable<MetricKey> Metrics => Numerator.Concat(Denominator).SelectMany(term => term.Metrics).Distinct();
}

/// <summary>A metric that is added to a sum, or taken from it.</summary>
/// <param name="Times">
/// What the metric is multiplied by; null where it stands alone. A mean wait times those who waited is a sum again: over all who waited it
/// makes the mean of several departments, which the mean of their means is not.
/// </param>
public sealed record IndicatorTerm(MetricKey Metric, bool Subtract, MetricKey? Times = null)
{
    public IEnumerable<MetricKey> Metrics => Times is { } times ? [Metric, times] : [Metric];
}
