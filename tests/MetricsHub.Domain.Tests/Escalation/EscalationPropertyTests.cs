using CsCheck;
using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

/// <summary>What holds of every framework and every history.</summary>
public sealed class EscalationPropertyTests
{
    private const int Histories = 5_000;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Score_AWorseInput_NeverLowersPointsLevelOrBounds() => EachSlot((scorer, slot) =>
    {
        var before = scorer.Score(slot);
        foreach (var (i, state) in slot.Index().Where(input => input.Item.Status == InputStatus.Present))
        {
            for (var band = 0; band < scorer.Framework.Parameters[i].Bands.Count; band++)
            {
                if (scorer.PointsOf(i, band) < scorer.PointsOf(i, state.Band))
                {
                    continue;
                }

                var after = scorer.Score(With(slot, i, state with { Band = band }));
                Assert.True(after.Points >= before.Points && after.Level >= before.Level && after.Score >= before.Score);
                Assert.True(after.LowestLevel >= before.LowestLevel && after.HighestLevel >= before.HighestLevel);
            }
        }
    });

    [Fact]
    public void Score_AnInputLost_NeverNarrowsTheBounds() => EachSlot((scorer, slot) =>
    {
        var before = scorer.Score(slot);
        foreach (var (i, _) in slot.Index().Where(input => input.Item.Status == InputStatus.Present))
        {
            var after = scorer.Score(With(slot, i, InputState.Missing));
            Assert.True(after.LowestLevel <= before.LowestLevel && after.HighestLevel >= before.HighestLevel);
            Assert.True(after.UnknownPercent > before.UnknownPercent || scorer.Framework.Parameters[i].MaximumPoints == 0);
        }
    });

    [Fact]
    public void Score_MissingInputsFilledIn_HasALevelWithinTheBounds() => EachSlot((scorer, slot) =>
    {
        var before = scorer.Score(slot);
        Assert.True(!before.IsCalculated || (before.Level >= before.LowestLevel && before.Level <= before.HighestLevel));
        for (var value = -1.0; value <= 101; value += 17)
        {
            var drawn = value;
            var complete = slot.Select((state, i) => state.Status == InputStatus.Missing ? scorer.Read(i, drawn) : state).ToArray();
            var after = scorer.Score(complete);
            Assert.True(before.Applicable == 0 || (after.Bounds.IsCertain && after.LowestLevel >= before.LowestLevel && after.LowestLevel <= before.HighestLevel));
        }
    });

    [Fact]
    public void Score_ACutMovedUp_NeverRaisesALevel() =>
        Gen.Select(Frameworks.AnyHistory, Gen.Int[0, 2], Gen.Double[0, 1]).Sample(
            (history, cut, way) =>
            {
                var framework = history.Scorer.Framework;
                var (lower, upper) = (framework.Levels[cut].Range, framework.Levels[cut + 1].Range);
                var moved = upper.From + (way * (upper.To - upper.From) * 0.99);
                var levels = framework.Levels.ToArray();
                levels[cut] = levels[cut] with { Range = new Interval(lower.From, lower.FromInclusive, moved, lower.ToInclusive) };
                levels[cut + 1] = levels[cut + 1] with { Range = new Interval(moved, upper.FromInclusive, upper.To, upper.ToInclusive) };
                var stricter = (framework with { Levels = levels }).Score();

                Assert.All(history.Slots, slot =>
                {
                    var (before, after) = (history.Scorer.Score(slot), stricter.Score(slot));
                    Assert.True(after.Level <= before.Level && after.LowestLevel <= before.LowestLevel && after.HighestLevel <= before.HighestLevel);
                });
            },
            iter: Histories);

    [Fact]
    public void ShownLevel_FromAnyHistory_FallsOnlyToWhereTheUpperBoundHasFallen() =>
        EachHistory((scorer, slots) =>
        {
            var shown = default(ShownLevel);
            foreach (var (outcome, next) in Fold(scorer, slots))
            {
                Assert.True(next.Level >= shown.Level || (outcome.IsCalculated && outcome.HighestLevel <= next.Level));
                Assert.True(next.Level >= outcome.Level, "It rises at once, and is never below what is calculated.");
                Assert.True(next.Level == 0 || outcome.IsCalculated || next.Level >= outcome.LowestLevel, "It is never below what is certain.");
                shown = next;
            }
        });

    [Fact]
    public void ShownLevel_FromAnyState_DoesNotFallBecauseAnInputIsLost() =>
        EachHistory((scorer, slots) =>
        {
            var before = Fold(scorer, slots[..^1]).Select(step => step.Shown).LastOrDefault();
            var last = slots[^1];
            var with = before.Next(scorer, scorer.Score(last), Start);
            foreach (var (i, _) in last.Index().Where(input => input.Item.Status == InputStatus.Present))
            {
                var without = before.Next(scorer, scorer.Score(With(last, i, InputState.Missing)), Start);
                Assert.True(without.Level >= before.Level || with.Level <= without.Level);
            }
        });

    [Fact]
    public void ShownLevel_NoLevelForLonger_IsHeldThenUnknownAndSortsAsItWas() =>
        Frameworks.AnyHistory.Where(history => Fold(history.Scorer, history.Slots).Last().Shown.Level > 0).Sample(
            history =>
            {
                var (scorer, hold) = (history.Scorer, history.Scorer.Framework.MissingData.HoldSlots);
                var nothing = Enumerable.Repeat(InputState.Missing, history.Slots[0].Length).ToArray();
                var before = Fold(scorer, history.Slots).Last().Shown;
                var steps = Fold(scorer, [.. history.Slots, .. Enumerable.Repeat(nothing, hold + 2)]).TakeLast(hold + 2).ToList();

                Assert.All(steps, step => Assert.Equal((before.Level, before.Since), (step.Shown.Level, step.Shown.Since)));
                Assert.Equal(ShownStatus.Unknown, steps[^1].Shown.Status);
                Assert.True(before.SlotsWithoutLevel > 0 || steps.Count(step => step.Shown.Status == ShownStatus.Held) == hold);
            },
            iter: Histories);

    [Fact]
    public void Score_Twice_IsEqual() =>
        EachHistory((scorer, slots) => Assert.Equal(Fold(scorer, slots), Fold(scorer.Framework.Score(), slots)));

    [Fact]
    public void Read_AnyValue_FallsIntoExactlyOneBand() =>
        Gen.Select(Frameworks.Any, Gen.Double[-10, 110], Gen.Int[-1, 101]).Sample(
            (framework, fraction, whole) =>
            {
                var scorer = framework.Score();
                foreach (var (i, parameter) in framework.Parameters.Index())
                {
                    Assert.Empty(Interval.FindGapsAndOverlaps(
                        parameter.Bands.Select(band => band.Range), new Interval(double.NegativeInfinity, false, double.PositiveInfinity, false)));
                    Assert.All([fraction, whole], value => Assert.Same(parameter.BandOf(value), parameter.Bands[scorer.Read(i, value).Band]));
                }
            },
            iter: Histories);

    private static void EachSlot(Action<Scorer, InputState[]> check) => EachHistory((scorer, slots) => Assert.All(slots, slot => check(scorer, slot)));

    private static void EachHistory(Action<Scorer, InputState[][]> check) =>
        Frameworks.AnyHistory.Sample(history => check(history.Scorer, history.Slots), iter: Histories);

    private static List<(SlotOutcome Outcome, ShownLevel Shown)> Fold(Scorer scorer, InputState[][] slots)
    {
        var steps = new List<(SlotOutcome, ShownLevel)>();
        var shown = default(ShownLevel);
        foreach (var (i, slot) in slots.Index())
        {
            var outcome = scorer.Score(slot);
            shown = shown.Next(scorer, outcome, Start.AddMinutes(15 * i));
            steps.Add((outcome, shown));
        }

        return steps;
    }

    private static InputState[] With(InputState[] slot, int parameter, InputState state)
    {
        var changed = slot.ToArray();
        changed[parameter] = state;
        return changed;
    }
}
