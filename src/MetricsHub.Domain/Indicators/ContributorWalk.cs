using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>
/// One candidate's way over the slots: a cursor for each series, and its newest complete contribution. Allocates nothing from one slot
/// to the next.
/// </summary>
internal sealed class ContributorWalk
{
    private readonly FormulaPlan[] formulas;
    private readonly SeriesCursor[][] cursors;
    private readonly long maximumAge;
    private readonly Func<Period, bool>? isClosed;
    private readonly int[] tried;
    private long walkedTo = long.MinValue;

    /// <param name="isClosed">Whether its service is closed in a period; null where that is not known.</param>
    public ContributorWalk(FormulaPlan[] formulas, SeriesCursor[][] cursors, long maximumAge, Func<Period, bool>? isClosed)
    {
        this.formulas = formulas;
        this.cursors = cursors;
        this.maximumAge = maximumAge;
        this.isClosed = isClosed;
        tried = new int[cursors.Max(formula => formula.Length)];
    }

    public ContributorStatus Status { get; private set; }

    /// <summary>The formula of the newest complete contribution; -1 where there was none within the year.</summary>
    public int Formula { get; private set; } = -1;

    /// <summary>The end of its period, in UTC ticks.</summary>
    public long End { get; private set; } = long.MinValue;

    public double Numerator { get; private set; }

    public double Denominator { get; private set; }

    /// <param name="slot">Ends later than that of the call before.</param>
    public void MoveTo(SlotTicks slot)
    {
        var (_, slotEnd, yearBefore) = slot;
        var first = walkedTo == long.MinValue;
        var brokenOff = long.MinValue;
        for (var formula = 0; formula < cursors.Length; formula++)
        {
            var series = cursors[formula];
            for (var metric = 0; metric < series.Length; metric++)
            {
                ref var cursor = ref series[metric];
                if (first)
                {
                    cursor.Start(slotEnd - maximumAge - 1);
                }

                cursor.Advance(slotEnd);
                brokenOff = Math.Max(brokenOff, cursor.BrokenOff);
            }

            FindComplete(formula, Math.Max(End, first ? yearBefore : walkedTo));
        }

        walkedTo = slotEnd;
        if (End <= yearBefore)
        {
            (Formula, End) = (-1, long.MinValue);
        }

        Status = Formula >= 0 && slotEnd - End <= maximumAge && brokenOff <= End ? ContributorStatus.Contributes
            : SaysItIsClosed() ? ContributorStatus.Closed
            : States() ? ContributorStatus.Lacks
            : isClosed?.Invoke(slot.Period) == true ? ContributorStatus.OutOfHours
            : HasSpoken() ? ContributorStatus.Lacks
            : ContributorStatus.Unheard;
    }

    /// <summary>Whether the newest statement of a formula's metric is recent enough to speak for the slot; its position, or -1.</summary>
    public int RecentPosition(int formula, int metric)
    {
        ref var cursor = ref cursors[formula][metric];
        return cursor.Position >= 0 && walkedTo - cursor.End <= maximumAge ? cursor.Position : -1;
    }

    /// <summary>The end of the newest statement of a formula's metric, in UTC ticks.</summary>
    public long EndOf(int formula, int metric) => cursors[formula][metric].End;

    public AbsenceCode AbsenceAt(int formula, int metric, int position) => cursors[formula][metric].AbsenceAt(position);

    /// <summary>The newest period, after <paramref name="floor"/>, for which every metric of a formula has a number.</summary>
    private void FindComplete(int formula, long floor)
    {
        var series = cursors[formula];
        var end = long.MaxValue;
        for (var metric = 0; metric < series.Length; metric++)
        {
            tried[metric] = series[metric].Position;
            end = Math.Min(end, series[metric].End);
        }

        var at = tried.AsSpan(0, series.Length);
        while (end > floor)
        {
            if (IsComplete(series, at, end))
            {
                (Formula, End) = (formula, end);
                (Numerator, Denominator) = (Sum(formulas[formula].Numerator, series, at), Sum(formulas[formula].Denominator, series, at));
                return;
            }

            end = EndBefore(series, at, end);
        }
    }

    /// <summary>Steps behind a period: where the newest one ends that every metric may be stated for; the smallest number where none is.</summary>
    private static long EndBefore(SeriesCursor[] series, Span<int> at, long end)
    {
        var before = long.MaxValue;
        for (var metric = 0; metric < at.Length; metric++)
        {
            at[metric] -= at[metric] >= 0 && series[metric].EndAt(at[metric]) == end ? 1 : 0;
            before = Math.Min(before, at[metric] < 0 ? long.MinValue : series[metric].EndAt(at[metric]));
        }

        return before;
    }

    private static bool IsComplete(SeriesCursor[] series, Span<int> at, long end)
    {
        var complete = true;
        for (var metric = 0; metric < at.Length; metric++)
        {
            ref var cursor = ref series[metric];
            while (at[metric] >= 0 && cursor.EndAt(at[metric]) > end)
            {
                at[metric]--;
            }

            complete &= at[metric] >= 0 && cursor.EndAt(at[metric]) == end && !double.IsNaN(cursor.NumberAt(at[metric]));
        }

        return complete;
    }

    private static double Sum(FormulaTerm[] terms, SeriesCursor[] series, Span<int> at)
    {
        var sum = 0.0;
        foreach (var term in terms)
        {
            var number = series[term.Metric].NumberAt(at[term.Metric]);
            sum += term.Sign * (term.Times < 0 ? number : number * series[term.Times].NumberAt(at[term.Times]));
        }

        return sum;
    }

    private bool SaysItIsClosed()
    {
        for (var formula = 0; formula < cursors.Length; formula++)
        {
            var closed = true;
            for (var metric = 0; metric < cursors[formula].Length && closed; metric++)
            {
                closed = RecentPosition(formula, metric) is >= 0 and var position && AbsenceAt(formula, metric, position) == AbsenceCode.NotDue;
            }

            if (closed)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether anything that is recent enough is stated.</summary>
    private bool States()
    {
        for (var formula = 0; formula < cursors.Length; formula++)
        {
            for (var metric = 0; metric < cursors[formula].Length; metric++)
            {
                if (RecentPosition(formula, metric) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool HasSpoken()
    {
        foreach (var formula in cursors)
        {
            foreach (var cursor in formula)
            {
                if (cursor.FirstNumberEnd <= walkedTo)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
