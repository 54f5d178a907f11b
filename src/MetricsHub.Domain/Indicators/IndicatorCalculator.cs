using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>Computes indicators from statements: pure arithmetic over an organisation tree as it stood on the period's last day.</summary>
public sealed class IndicatorCalculator(OrganisationTree tree, IReadOnlyDictionary<MetricKey, Metric> metrics)
{
    /// <summary>
    /// The indicator for an organisation and a period. The sums run over the organisation itself and everything below it on the
    /// period's last day, as far as the metrics are reported by organisations of their kind.
    /// </summary>
    /// <param name="missing">What an indicator without a single contributor is: late, or not due yet.</param>
    public IndicatorReading Read(
        Indicator indicator, OrganisationCode organisation, Period period, StatementSet statements, AbsenceCode missing)
    {
        var contributors = new List<IndicatorContributor>();
        var silent = new List<OrganisationCode>();
        var incomplete = new List<IncompleteContributor>();
        Period? lastPeriod = null;
        var somebodyLacks = false;
        var lackingWeight = 0.0;

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

            somebodyLacks |= partial is not null || candidateLast is not null;
            lackingWeight += LastWeight(indicator, candidate, period, statements);
            if (partial is not null)
            {
                incomplete.Add(partial);
            }
            else
            {
                silent.Add(candidate);
            }
        }

        var numerator = contributors.Sum(contributor => contributor.Numerator);
        var denominator = contributors.Sum(contributor => contributor.Denominator);
        return new IndicatorReading(
            indicator, organisation, period, Quotient(indicator.Per * numerator, denominator, contributors.Count > 0 && !somebodyLacks, missing),
            numerator, denominator, contributors, silent, incomplete,
            denominator + lackingWeight > 0 ? 100 * denominator / (denominator + lackingWeight) : null,
            lastPeriod);
    }

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
        var reporters = indicator.Formulas
            .SelectMany(formula => formula.Metrics)
            .SelectMany(metric => metrics[metric].ReportedBy)
            .ToHashSet();

        return tree.DescendantsOf(organisation, date)
            .Where(candidate => reporters.Contains(candidate.Kind))
            .Select(candidate => candidate.Code)
            .Prepend(organisation)
            .Where(code => code != organisation || (tree.Find(code) is { } self && reporters.Contains(self.Kind)));
    }

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
