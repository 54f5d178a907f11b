using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Indicators;

/// <summary>An indicator's sums at one slot. A value, so that a stretch of slots is one array.</summary>
internal struct IndicatorSums
{
    private int contributing;
    private int closed;
    private int lacking;
    private double lackingWeight;

    public double Numerator { get; private set; }

    public double Denominator { get; private set; }

    /// <summary>Whether there is nothing to measure: everybody who could contribute says so, and nobody's figures lack.</summary>
    public readonly bool IsNotApplicable => !(Denominator > 0) && contributing + closed > 0 && lacking == 0;

    /// <summary>How much of what is expected the contributors are, in percent; NaN where there is no weight at all.</summary>
    public readonly double CoveragePercent =>
        Denominator + lackingWeight > 0 ? 100 * Denominator / (Denominator + lackingWeight) : double.NaN;

    /// <summary>The quotient; NaN where there is nothing to divide by.</summary>
    public readonly double Value(int per) => Denominator > 0 ? per * Numerator / Denominator : double.NaN;

    public void Add(ContributorWalk contributor)
    {
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
}

/// <summary>A slot's start, its end and the instant a year before it, in UTC ticks: worked out once for every indicator and contributor.</summary>
internal readonly record struct SlotTicks(long Start, long End, long YearBefore)
{
    public SlotTicks(Period slot)
        : this(slot.Start.UtcTicks, slot.End.UtcTicks, slot.End.AddYears(-1).UtcTicks)
    {
    }

    public Period Period => new(new DateTimeOffset(Start, TimeSpan.Zero), new DateTimeOffset(End, TimeSpan.Zero));
}
