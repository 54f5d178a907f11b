using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>
/// An indicator made ready for one organisation and one state of the organisation tree: who can contribute, and which metrics of each go
/// into which sum. Made once, walked over as many slots as the tree stands still for.
/// </summary>
/// <param name="Candidates">The organisation itself and everything below it, as far as the metrics are reported by their kind.</param>
/// <param name="IsClosed">Whether a candidate's service is closed in a period, by its opening hours; null where nobody's are known.</param>
public sealed record IndicatorPlan(
    Indicator Indicator, OrganisationCode Organisation, IReadOnlyList<OrganisationCode> Candidates, Func<OrganisationCode, Period, bool>? IsClosed = null)
{
    internal FormulaPlan[] Formulas { get; } = [.. Indicator.Formulas.Select(formula => new FormulaPlan(formula))];

    /// <summary>Every series that goes into it, each once.</summary>
    public IEnumerable<SeriesKey> Series =>
        from candidate in Candidates
        from metric in Formulas.SelectMany(formula => formula.Metrics).Distinct()
        select new SeriesKey(metric, candidate);

    /// <param name="maximumAge">
    /// How long before the end of a slot a contributor's newest period may have ended; zero where only the slot's own period counts.
    /// </param>
    public IndicatorWalk Walk(Func<SeriesKey, SeriesColumn> series, TimeSpan maximumAge) => new(this, series, maximumAge);
}

/// <summary>A formula whose terms are positions in a list of its metrics.</summary>
internal sealed class FormulaPlan(IndicatorFormula formula)
{
    public MetricKey[] Metrics { get; } = [.. formula.Metrics];

    public FormulaTerm[] Numerator => field ??= ToTerms(formula.Numerator);

    public FormulaTerm[] Denominator => field ??= ToTerms(formula.Denominator);

    private FormulaTerm[] ToTerms(IReadOnlyList<IndicatorTerm> terms) =>
        [.. terms.Select(term => new FormulaTerm(
            Array.IndexOf(Metrics, term.Metric), term.Subtract ? -1 : 1, term.Times is { } times ? Array.IndexOf(Metrics, times) : -1))];
}

/// <param name="Times">The position of the metric that it is multiplied by; -1 where it stands alone.</param>
internal readonly record struct FormulaTerm(int Metric, double Sign, int Times);
