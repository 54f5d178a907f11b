using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>Computes indicators from statements: pure arithmetic over an organisation tree as it stood on the period's last day.</summary>
/// <param name="shared">Who serves which systems: a figure that is shared is in no sum.</param>
/// <param name="expectations">Who is open when: whoever is closed and says nothing is not missed.</param>
public sealed class IndicatorCalculator(
    OrganisationTree tree, IReadOnlyDictionary<MetricKey, Metric> metrics, SharedServices? shared = null, Expectations? expectations = null)
{
    /// <summary>
    /// The indicator for an organisation and a period. The sums run over the organisation itself and everything below it on the
    /// period's last day, as far as the metrics are reported by organisations of their kind.
    /// </summary>
    /// <param name="missing">
    /// What an indicator without a single contributor is: not due, late, or its source down. Where nothing lacks but figures that were
    /// refused, it is rejected instead.
    /// </param>
    public IndicatorReading Read(
        Indicator indicator, OrganisationCode organisation, Period period, StatementSet statements, AbsenceCode missing)
    {
        var contributors = new List<IndicatorContributor>();
        var silent = new List<OrganisationCode>();
        var incomplete = new List<IncompleteContributor>();
        Period? lastPeriod = null;
        var somebodyLacks = false;
        var lackingWeight = 0.0;
        var silentWeight = 0.0;

        foreach (var candidate in CandidatesFor(indicator, organisation, LondonCalendar.LastDayOf(period)))
        {
            var candidateLast = LastPeriodOf(indicator, candidate, period.End, statements);
            lastPeriod = Later(lastPeriod, candidateLast);
            var (contributor, partial) = Contribution(indicator, candidate, period, statements);
            if (contributor is not null)
            {
                contributors.Add(contributor);
                continue;
            }

            if (partial is null && IsClosed(indicator, candidate, period))
            {
                continue;
            }

            somebodyLacks |= partial is not null || candidateLast is not null;
            var weight = LastWeight(indicator, candidate, period, statements);
            lackingWeight += weight;
            if (partial is not null)
            {
                incomplete.Add(partial);
            }
            else
            {
                silent.Add(candidate);
                silentWeight += weight;
            }
        }

        missing = silentWeight == 0 && IsRejected(incomplete) ? AbsenceCode.Rejected : missing;
        var numerator = contributors.Sum(contributor => contributor.Numerator);
        var denominator = contributors.Sum(contributor => contributor.Denominator);
        return new IndicatorReading(
            indicator, organisation, period, Quotient(indicator.Per * numerator, denominator, contributors.Count > 0 && !somebodyLacks, missing),
            numerator, denominator, contributors, silent, incomplete,
            denominator + lackingWeight > 0 ? 100 * denominator / (denominator + lackingWeight) : null,
            lastPeriod, missing);
    }

    /// <summary>Whether every figure that lacks was stated and refused.</summary>
    private static bool IsRejected(List<IncompleteContributor> incomplete) =>
        incomplete.Count > 0 && incomplete.SelectMany(contributor => contributor.Missing).All(lacking => lacking.Absence == AbsenceCode.Rejected);

    /// <summary>
    /// What somebody who lacks would weigh: the denominator of its last contribution within the year before. Months of figures with
    /// gaps are passed over, so that a fault that lasts does not make an organisation weightless.
    /// </summary>
    private static double LastWeight(Indicator indicator, OrganisationCode organisation, Period period, StatementSet statements) =>
        indicator.Formulas
            .SelectMany(formula => formula.Metrics)
            .Distinct()
            .SelectMany(metric => statements.PeriodsWithNumber(new SeriesKey(metric, organisation), period.End.AddYears(-1), period.Start))
            .Distinct()
            .OrderDescending()
            .Select(earlier => Contribution(indicator, organisation, earlier, statements).Contributor?.Denominator)
            .FirstOrDefault(weight => weight is not null) ?? 0;

    /// <summary>Nothing to divide by is "not applicable" only where everybody said so; where somebody's figures lack, it is missing.</summary>
    private static Figure Quotient(double numerator, double denominator, bool everybodySpoke, AbsenceCode missing) =>
        denominator > 0 ? Figure.Of(numerator / denominator)
        : everybodySpoke ? Figure.Absent(AbsenceCode.NotApplicable)
        : Figure.Absent(missing);

    private IEnumerable<OrganisationCode> CandidatesFor(Indicator indicator, OrganisationCode organisation, DateOnly date)
    {
        var inputs = indicator.Formulas.SelectMany(formula => formula.Metrics).Select(metric => metrics[metric]).ToList();
        var reporters = inputs.SelectMany(metric => metric.ReportedBy).ToHashSet();

        return tree.DescendantsOf(organisation, date)
            .Where(candidate => reporters.Contains(candidate.Kind))
            .Select(candidate => candidate.Code)
            .Where(code => !IsShared(code, inputs, date))
            .Prepend(organisation)
            .Where(code => code != organisation || (tree.Find(code) is { } self && reporters.Contains(self.Kind)));
    }

    private bool IsClosed(Indicator indicator, OrganisationCode code, Period period) =>
        expectations is not null && indicator.Formulas[0].Metrics.Any(metric => expectations.IsClosed(metrics[metric], code, period));

    /// <summary>
    /// Whether an organisation serves systems with what an input tells of: its figure is that of all of them together, and would be
    /// summed whole into the one that happens to be its parent.
    /// </summary>
    private bool IsShared(OrganisationCode code, List<Metric> inputs, DateOnly date) =>
        shared?.ServedOn(code, date).Any(relation => inputs.Exists(metric => metric.ServiceDomain == relation.ServiceDomain)) == true;

    /// <summary>The first formula whose every metric has a number; else what the first formula with any statement lacks; else neither.</summary>
    private static (IndicatorContributor? Contributor, IncompleteContributor? Incomplete) Contribution(
        Indicator indicator, OrganisationCode organisation, Period period, StatementSet statements)
    {
        IncompleteContributor? incomplete = null;
        foreach (var formula in indicator.Formulas)
        {
            var found = formula.Metrics.ToDictionary(metric => metric, metric => statements.Find(new SeriesKey(metric, organisation), period));
            if (found.Values.All(statement => statement is { Figure.IsAbsent: false }))
            {
                return (
                    new IndicatorContributor(
                        organisation, Sum(formula.Numerator, found), Sum(formula.Denominator, found), [.. found.Values.Select(statement => statement!)]),
                    null);
            }

            if (incomplete is null && found.Values.Any(statement => statement is not null))
            {
                incomplete = new IncompleteContributor(
                    organisation,
                    [.. found.Where(pair => pair.Value is not { Figure.IsAbsent: false })
                        .Select(pair => new MissingMetric(pair.Key, pair.Value?.Figure.Absence))]);
            }
        }

        return (null, incomplete);
    }

    private static double Sum(IReadOnlyList<IndicatorTerm> terms, Dictionary<MetricKey, RecordedStatement?> found) =>
        terms.Sum(term =>
        {
            found[term.Metric]!.Figure.TryGetNumber(out var number);
            return term.Subtract ? -number : number;
        });

    private static Period? LastPeriodOf(Indicator indicator, OrganisationCode organisation, DateTimeOffset until, StatementSet statements)
    {
        Period? last = null;
        foreach (var metric in indicator.Formulas.SelectMany(formula => formula.Metrics).Distinct())
        {
            last = Later(last, statements.LastNumber(new SeriesKey(metric, organisation), until)?.Period);
        }

        return last;
    }

    private static Period? Later(Period? one, Period? other) =>
        one is null ? other : other is null || one >= other ? one : other;
}
