using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>
/// An organisation's way over the slots of a framework's grid, oldest first. The one path from figures to levels: a year of slots and the
/// explanation of one of them come from it alike. Allocates nothing from one slot to the next.
/// </summary>
public sealed class EscalationWalk
{
    /// <summary>How many slots are gone over at a time: their sums fit into the cache of a processor.</summary>
    private const int Stretch = 512;

    private readonly EscalationPlan plan;
    private readonly IndicatorWalk[] indicators;
    private readonly InputState[] inputs;
    private readonly IndicatorSums[][] sums;
    private SlotTicks[] ticks = [];
    private readonly double minimumCoverage;
    private Period slot;

    internal EscalationWalk(EscalationPlan plan, Func<SeriesKey, SeriesColumn> series)
    {
        this.plan = plan;
        var parameters = plan.Scorer.Framework.Parameters;
        indicators = [.. plan.Inputs.Index().Select(input => input.Item.Walk(series, parameters[input.Index].MaximumAge?.Value ?? TimeSpan.Zero))];
        inputs = new InputState[indicators.Length];
        sums = new IndicatorSums[indicators.Length][];
        minimumCoverage = plan.Scorer.Framework.MissingData.MinimumCoveragePercent;
    }

    /// <summary>The inputs of the slot moved to last, one for each parameter.</summary>
    public ReadOnlySpan<InputState> Inputs => inputs;

    /// <param name="next">A slot that ends after that of the call before.</param>
    public SlotOutcome MoveTo(Period next)
    {
        Span<SlotOutcome> outcome = [default];
        MoveOver([next], outcome);
        return outcome[0];
    }

    /// <summary>Goes on to the last of some slots.</summary>
    /// <param name="slots">Oldest first; the first ends after the last of the call before.</param>
    /// <param name="outcomes">Receives one for each slot.</param>
    public void MoveOver(ReadOnlySpan<Period> slots, Span<SlotOutcome> outcomes)
    {
        MakeRoom(Math.Min(slots.Length, Stretch));
        for (var from = 0; from < slots.Length; from += Stretch)
        {
            var stretch = slots[from..Math.Min(from + Stretch, slots.Length)];
            for (var i = 0; i < stretch.Length; i++)
            {
                ticks[i] = new SlotTicks(stretch[i]);
            }

            for (var i = 0; i < indicators.Length; i++)
            {
                indicators[i].MoveOver(stretch[^1], ticks.AsSpan(0, stretch.Length), sums[i].AsSpan(0, stretch.Length));
            }

            for (var i = 0; i < stretch.Length; i++)
            {
                outcomes[from + i] = Score(i);
            }

            slot = stretch[^1];
        }
    }

    private void MakeRoom(int slots)
    {
        if (ticks.Length >= slots)
        {
            return;
        }

        ticks = new SlotTicks[slots];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = new IndicatorSums[slots];
        }
    }

    private SlotOutcome Score(int position)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            ref var found = ref sums[i][position];
            var value = found.Value(plan.Inputs[i].Indicator.Per);
            inputs[i] = found.IsNotApplicable ? InputState.NotApplicable
                : double.IsNaN(value) || found.CoveragePercent < minimumCoverage ? InputState.Missing
                : plan.Scorer.Read(i, value);
        }

        return plan.Scorer.Score(inputs);
    }

    /// <summary>The slot moved to last, with everything that it rests on.</summary>
    /// <param name="statements">Those that the walk reads.</param>
    /// <param name="missing">What an input without a figure is at the instant of asking, by indicator: not due, late, or its source down.</param>
    public EscalationReading Explain(StatementSet statements, Func<Indicator, AbsenceCode> missing)
    {
        var readings = indicators.Select((indicator, i) => indicator.Explain(statements, missing(plan.Inputs[i].Indicator))).ToList();
        return EscalationReading.Of(plan.Scorer, plan.Organisation, slot, inputs, readings);
    }
}
