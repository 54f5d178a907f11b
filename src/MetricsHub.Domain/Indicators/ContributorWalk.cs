using MetricsHub.Domain.Observations;

namespace MetricsHub.Domain.Indicators;

/// <summary>What one candidate is to an indicator at a slot.</summary>
internal enum ContributorStatus
{
    /// <summary>It has stated nothing, at this slot or before.</summary>
    Unheard,

    /// <summary>It has figures that are not too old: in both sums.</summary>
    Contributes,

    /// <summary>It states that nothing is due of it, a closed site: in neither sum, and not missing.</summary>
    Closed,

    /// <summary>Some or all of what it should state is not there: in neither sum, and weighing in the coverage.</summary>
    Lacks,
}

/// <summary>
/// One candidate's way over the slots: a position for each series, moved on and never back, and its newest complete contribution.
/// Allocates nothing from one slot to the next.
/// </summary>
internal sealed class ContributorWalk
{
    private readonly FormulaPlan[] formulas;
    private readonly SeriesColumn[][] columns;
    private readonly long maximumAge;
    private readonly int[][] positions;
    private readonly int[] tried;
    private long walkedTo = long.MinValue;
    private long brokenOff = long.MinValue;

    public ContributorWalk(FormulaPlan[] formulas, SeriesColumn[][] columns, long maximumAge)
    {
        this.formulas = formulas;
        this.columns = columns;
        this.maximumAge = maximumAge;
        positions = [.. columns.Select(formula => new int[formula.Length])];
        tried = new int[columns.Max(formula => formula.Length)];
    }

    public ContributorStatus Status { get; private set; }

    /// <summary>The formula of the newest complete contribution; -1 where there never was one within the year.</summary>
    public int Formula { get; private set; } = -1;

    /// <summary>The end of its period, in UTC ticks.</summary>
    public long End { get; private set; } = long.MinValue;

    public double Numerator { get; private set; }

    public double Denominator { get; private set; }

    /// <param name="slotEnd">Later than that of the call before; in UTC ticks.</param>
    /// <param name="yearBefore">The instant from which a contribution still tells what the candidate weighs.</param>
    public void MoveTo(long slotEnd, long yearBefore)
    {
        var first = walkedTo == long.MinValue;
        if (first)
        {
            Start(slotEnd - maximumAge - 1);
        }

        Advance(slotEnd);
        for (var formula = 0; formula < formulas.Length; formula++)
        {
            FindComplete(formula, Math.Max(End, first ? yearBefore : walkedTo));
        }

        walkedTo = slotEnd;
        if (Formula >= 0 && End <= yearBefore)
        {
            (Formula, End) = (-1, long.MinValue);
        }

        Status = Formula >= 0 && slotEnd - End <= maximumAge && brokenOff <= End ? ContributorStatus.Contributes
            : IsClosed() ? ContributorStatus.Closed
            : HasSpoken() ? ContributorStatus.Lacks
            : ContributorStatus.Unheard;
    }

    /// <summary>Whether the newest statement of a formula's metric is recent enough to speak for the slot; its position, or -1.</summary>
    public int RecentPosition(int formula, int metric)
    {
        var position = positions[formula][metric];
        return position >= 0 && walkedTo - columns[formula][metric].Ends[position] <= maximumAge ? position : -1;
    }

    public AbsenceCode AbsenceAt(int formula, int metric, int position) => columns[formula][metric].Absences[position];

    private void Start(long before)
    {
        for (var formula = 0; formula < formulas.Length; formula++)
        {
            for (var metric = 0; metric < columns[formula].Length; metric++)
            {
                positions[formula][metric] = columns[formula][metric].LastAtOrBefore(before);
            }
        }
    }

    private void Advance(long slotEnd)
    {
        for (var formula = 0; formula < formulas.Length; formula++)
        {
            var at = positions[formula];
            for (var metric = 0; metric < at.Length; metric++)
            {
                var column = columns[formula][metric];
                var ends = column.Ends;
                var position = at[metric];
                while (position + 1 < ends.Length && ends[position + 1] <= slotEnd)
                {
                    position++;
                    if (EndsCarrying(column.Absences[position]))
                    {
                        brokenOff = Math.Max(brokenOff, ends[position]);
                    }
                }

                at[metric] = position;
            }
        }
    }

    /// <summary>Silence is bridged for as long as the maximum age lets; a publisher who says that there is no figure has spoken.</summary>
    private static bool EndsCarrying(AbsenceCode absence) => absence is not (default(AbsenceCode) or AbsenceCode.Late or AbsenceCode.SourceDown);

    /// <summary>The newest period, after <paramref name="floor"/>, for which every metric of a formula has a number.</summary>
    private void FindComplete(int formula, long floor)
    {
        var series = columns[formula];
        var at = tried.AsSpan(0, series.Length);
        positions[formula].CopyTo(at);
        while (true)
        {
            var end = long.MaxValue;
            for (var metric = 0; metric < at.Length; metric++)
            {
                end = at[metric] < 0 ? long.MinValue : Math.Min(end, series[metric].Ends[at[metric]]);
            }

            if (end <= floor)
            {
                return;
            }

            if (IsComplete(series, at, end))
            {
                var plan = formulas[formula];
                (Formula, End) = (formula, end);
                (Numerator, Denominator) = (Sum(plan.Numerator, series, at), Sum(plan.Denominator, series, at));
                return;
            }

            for (var metric = 0; metric < at.Length; metric++)
            {
                at[metric] -= at[metric] >= 0 && series[metric].Ends[at[metric]] == end ? 1 : 0;
            }
        }
    }

    private static bool IsComplete(SeriesColumn[] series, Span<int> at, long end)
    {
        var complete = true;
        for (var metric = 0; metric < at.Length; metric++)
        {
            var ends = series[metric].Ends;
            while (at[metric] >= 0 && ends[at[metric]] > end)
            {
                at[metric]--;
            }

            complete &= at[metric] >= 0 && ends[at[metric]] == end && !double.IsNaN(series[metric].Numbers[at[metric]]);
        }

        return complete;
    }

    private static double Sum(FormulaTerm[] terms, SeriesColumn[] series, Span<int> at)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            sum += term.Sign * series[term.Metric].Numbers[at[term.Metric]];
        }

        return sum;
    }

    private bool IsClosed()
    {
        for (var formula = 0; formula < formulas.Length; formula++)
        {
            var closed = true;
            for (var metric = 0; metric < columns[formula].Length && closed; metric++)
            {
                closed = RecentPosition(formula, metric) is >= 0 and var position
                    && columns[formula][metric].Absences[position] == AbsenceCode.NotDue;
            }

            if (closed)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasSpoken()
    {
        for (var formula = 0; formula < formulas.Length; formula++)
        {
            for (var metric = 0; metric < columns[formula].Length; metric++)
            {
                if (columns[formula][metric].FirstNumberEnd <= walkedTo || RecentPosition(formula, metric) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
