using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>
/// An indicator's way over the slots of a grid, oldest first: the one place in which sums, coverage and absence are made. Allocates
/// nothing from one slot to the next; what a slot rests on is told on demand, by <see cref="Explain"/>.
/// </summary>
public sealed class IndicatorWalk
{
    private readonly IndicatorPlan plan;
    private readonly ContributorWalk[] contributors;
    private Period slot;

    internal IndicatorWalk(IndicatorPlan plan, Func<SeriesKey, SeriesColumn> series, TimeSpan maximumAge)
    {
        this.plan = plan;
        contributors =
        [
            .. plan.Candidates.Select(candidate => new ContributorWalk(
                plan.Formulas,
                [.. plan.Formulas.Select(formula => formula.Metrics.Select(metric => series(new SeriesKey(metric, candidate))).ToArray())],
                maximumAge.Ticks)),
        ];
    }

    /// <summary>The quotient; NaN where there is none.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>Whether there is nothing to measure: everybody who could contribute says so.</summary>
    public bool IsNotApplicable { get; private set; }

    public double Numerator { get; private set; }

    public double Denominator { get; private set; }

    /// <summary>How much of what is expected the contributors are, in percent; NaN where there is no weight at all.</summary>
    public double CoveragePercent { get; private set; } = double.NaN;

    /// <param name="next">A slot that ends after that of the call before.</param>
    public void MoveTo(Period next) => MoveTo(next, next.End.AddYears(-1).UtcTicks);

    /// <param name="yearBefore">A year before the slot's end, in UTC ticks: the same for every indicator of a slot.</param>
    internal void MoveTo(Period next, long yearBefore)
    {
        slot = next;
        var end = next.End.UtcTicks;
        var (contributing, closed, lacking, lackingWeight) = (0, 0, 0, 0.0);
        (Numerator, Denominator) = (0, 0);
        foreach (var contributor in contributors)
        {
            contributor.MoveTo(end, yearBefore);
            switch (contributor.Status)
            {
                case ContributorStatus.Contributes:
                    contributing++;
                    Numerator += contributor.Numerator;
                    Denominator += contributor.Denominator;
                    break;
                case ContributorStatus.Closed:
                    closed++;
                    break;
                case ContributorStatus.Lacks:
                    lacking++;
                    lackingWeight += contributor.Formula >= 0 ? contributor.Denominator : 0;
                    break;
                default:
                    break;
            }
        }

        // Nothing to divide by is "not applicable" only where everybody said so; where somebody's figures lack, it is missing.
        Value = Denominator > 0 ? plan.Indicator.Per * Numerator / Denominator : double.NaN;
        IsNotApplicable = !(Denominator > 0) && contributing + closed > 0 && lacking == 0;
        CoveragePercent = Denominator + lackingWeight > 0 ? 100 * Denominator / (Denominator + lackingWeight) : double.NaN;
    }

    /// <summary>What the slot moved to last rests on, and what it lacks.</summary>
    /// <param name="statements">Those that the walk reads.</param>
    /// <param name="missing">What an indicator without a value is: late, or not due yet.</param>
    public IndicatorReading Explain(StatementSet statements, AbsenceCode missing)
    {
        var found = new List<IndicatorContributor>();
        var silent = new List<OrganisationCode>();
        var closed = new List<OrganisationCode>();
        var incomplete = new List<IncompleteContributor>();
        foreach (var (index, contributor) in contributors.Index())
        {
            var organisation = plan.Candidates[index];
            if (contributor.Status == ContributorStatus.Contributes)
            {
                found.Add(new IndicatorContributor(
                    organisation, contributor.Numerator, contributor.Denominator, [.. StatementsOf(contributor, organisation, statements)]));
            }
            else if (contributor.Status == ContributorStatus.Closed)
            {
                closed.Add(organisation);
            }
            else if (LackedBy(contributor) is { } lacked)
            {
                incomplete.Add(new IncompleteContributor(organisation, lacked));
            }
            else
            {
                silent.Add(organisation);
            }
        }

        var value = !double.IsNaN(Value) ? Figure.Of(Value) : Figure.Absent(IsNotApplicable ? AbsenceCode.NotApplicable : missing);
        return new IndicatorReading(
            plan.Indicator, plan.Organisation, slot, value, Numerator, Denominator, found, silent, closed, incomplete,
            double.IsNaN(CoveragePercent) ? null : CoveragePercent, LastPeriod(statements));
    }

    private IEnumerable<RecordedStatement> StatementsOf(ContributorWalk contributor, OrganisationCode organisation, StatementSet statements)
    {
        var end = new DateTimeOffset(contributor.End, TimeSpan.Zero);
        return plan.Formulas[contributor.Formula].Metrics.Select(metric =>
            statements.EndingAt(new SeriesKey(metric, organisation), end)
            ?? throw new ArgumentException($"The statements lack {metric}@{organisation} at {end:O}, which the walk has read.", nameof(statements)));
    }

    /// <summary>What the first formula of which anything is stated lacks; null where nothing is stated.</summary>
    private MissingMetric[]? LackedBy(ContributorWalk contributor)
    {
        foreach (var (index, formula) in plan.Formulas.Index())
        {
            var stated = formula.Metrics.Index().Select(metric => (metric.Item, At: contributor.RecentPosition(index, metric.Index), metric.Index)).ToList();
            if (stated.Exists(metric => metric.At >= 0))
            {
                return
                [
                    .. stated
                        .Select(metric => (metric.Item, metric.At, Absence: metric.At < 0 ? default : contributor.AbsenceAt(index, metric.Index, metric.At)))
                        .Where(metric => metric.At < 0 || metric.Absence != default)
                        .Select(metric => new MissingMetric(metric.Item, metric.At < 0 ? null : metric.Absence)),
                ];
            }
        }

        return null;
    }

    private Period? LastPeriod(StatementSet statements) => plan.Series
        .Select(series => statements.LastNumber(series, slot.End)?.Period)
        .Aggregate((Period?)null, (last, period) => last is null || period > last ? period ?? last : last);
}
