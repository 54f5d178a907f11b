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
    private IndicatorSums sums;
    private Period slot;

    internal IndicatorWalk(IndicatorPlan plan, Func<SeriesKey, SeriesColumn> series, TimeSpan maximumAge)
    {
        this.plan = plan;
        contributors =
        [
            .. plan.Candidates.Select(candidate => new ContributorWalk(
                plan.Formulas,
                [.. plan.Formulas.Select(formula => formula.Metrics.Select(metric => new SeriesCursor(series(new SeriesKey(metric, candidate)))).ToArray())],
                maximumAge.Ticks,
                plan.IsClosed is { } isClosed ? period => isClosed(candidate, period) : null)),
        ];
    }

    /// <param name="next">A slot that ends after that of the call before.</param>
    public void MoveTo(Period next) => MoveOver(next, [new SlotTicks(next)], new IndicatorSums[1]);

    /// <summary>
    /// Goes on to the last of some slots. One contributor after the other goes over all of them, so that its series lie in the cache; the
    /// sums of a slot are added up in the order of the contributors all the same.
    /// </summary>
    /// <param name="last">The last of them.</param>
    /// <param name="over">Receives the sums of each slot.</param>
    internal void MoveOver(Period last, ReadOnlySpan<SlotTicks> slots, Span<IndicatorSums> over)
    {
        over.Clear();
        foreach (var contributor in contributors)
        {
            for (var i = 0; i < slots.Length; i++)
            {
                contributor.MoveTo(slots[i]);
                over[i].Add(contributor);
            }
        }

        (slot, sums) = (last, over[^1]);
    }

    /// <summary>What the slot moved to last rests on, and what it lacks.</summary>
    /// <param name="statements">Those that the walk reads.</param>
    /// <param name="missing">
    /// What an indicator without a value is: not due, late, or its source down. Where nothing lacks but figures that were refused, it is
    /// rejected instead.
    /// </param>
    public IndicatorReading Explain(StatementSet statements, AbsenceCode missing)
    {
        var found = new List<IndicatorContributor>();
        var silent = new List<OrganisationCode>();
        var closed = new List<OrganisationCode>();
        var incomplete = new List<IncompleteContributor>();
        var others = new List<NonContributor>();
        var isSilenceMissed = false;
        foreach (var (index, contributor) in contributors.Index())
        {
            var organisation = plan.Candidates[index];
            if (contributor.Status == ContributorStatus.Contributes)
            {
                found.Add(ContributionOf(contributor, organisation, statements));
                continue;
            }

            others.Add(new NonContributor(
                organisation,
                contributor.Status,
                [.. StatedBy(contributor, organisation, statements)],
                contributor is { Status: ContributorStatus.Lacks, Formula: >= 0 } ? ContributionOf(contributor, organisation, statements) : null));
            if (contributor.Status is ContributorStatus.Closed or ContributorStatus.OutOfHours)
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
                isSilenceMissed |= contributor is { Formula: >= 0, Denominator: > 0 };
            }
        }

        missing = !isSilenceMissed && IsRejected(incomplete) ? AbsenceCode.Rejected : missing;

        // Nothing to divide by is "not applicable" only where everybody said so; where somebody's figures lack, it is missing.
        var quotient = sums.Value(plan.Indicator.Per);
        var value = !double.IsNaN(quotient) ? Figure.Of(quotient) : Figure.Absent(sums.IsNotApplicable ? AbsenceCode.NotApplicable : missing);
        return new IndicatorReading(
            plan.Indicator, plan.Organisation, slot, value, sums.Numerator, sums.Denominator, found, silent, closed, incomplete,
            double.IsNaN(sums.CoveragePercent) ? null : sums.CoveragePercent, LastPeriod(statements), missing) { Others = others };
    }

    private IndicatorContributor ContributionOf(ContributorWalk contributor, OrganisationCode organisation, StatementSet statements) =>
        new(organisation, contributor.Numerator, contributor.Denominator, [.. StatementsOf(contributor, organisation, statements)]);

    /// <summary>The newest statement of each of its series that is recent enough to speak for the slot.</summary>
    private IEnumerable<RecordedStatement> StatedBy(ContributorWalk contributor, OrganisationCode organisation, StatementSet statements) =>
        from formula in plan.Formulas.Index()
        from metric in formula.Item.Metrics.Index()
        where contributor.RecentPosition(formula.Index, metric.Index) >= 0
        let end = new DateTimeOffset(contributor.EndOf(formula.Index, metric.Index), TimeSpan.Zero)
        group end by metric.Item into stated
        select statements.EndingAt(new SeriesKey(stated.Key, organisation), stated.First())!;

    /// <summary>Whether every figure that lacks was stated and refused.</summary>
    private static bool IsRejected(List<IncompleteContributor> incomplete) =>
        incomplete.Count > 0
        && incomplete.TrueForAll(contributor => contributor.Missing.Count > 0 && contributor.Missing.All(lacking => lacking.Absence == AbsenceCode.Rejected));

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
