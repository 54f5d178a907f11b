using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class WhatIfTests
{
    private static readonly Dictionary<string, double?> Nothing = [];

    /// <summary>A derivation of any framework, any inputs and any history before.</summary>
    private static readonly Gen<(Derivation Derivation, InputState[] Inputs)> Any = Frameworks.AnyHistory.Select(history => Derive(history.Scorer.Framework, history.Slots));

    [Fact]
    public void Of_NothingSupposed_IsTheReading() => Any.Sample(drawn =>
    {
        var after = WhatIf.Of(drawn.Derivation, Nothing);

        var before = drawn.Derivation;
        Assert.Equal((before.Reading.Outcome, before.Shown), (after.Reading.Outcome, after.Shown));
        Assert.Equal(before.Reading.Contributions, after.Reading.Contributions);
        Assert.Equal(before.Reading.Missing, after.Reading.Missing);
        Assert.Equal(before.Reading.Pillars, after.Reading.Pillars);
        Assert.Equal(before.Reading.Changes, after.Reading.Changes);
    });

    [Fact]
    public void Of_AWorseInput_NeverLowersAnything() => Any.Sample(drawn =>
    {
        var before = drawn.Derivation;
        foreach (var (i, contribution) in before.Reading.Contributions.Index())
        {
            for (var value = -1.0; value <= 101; value += 6)
            {
                var points = contribution.Parameter.PointsOf(contribution.Parameter.BandOf(value));
                var after = WhatIf.Of(before, new Dictionary<string, double?> { [contribution.Parameter.Indicator] = value });
                if (points >= contribution.Points)
                {
                    Assert.True(after.Reading.Outcome.Score >= before.Reading.Outcome.Score);
                    Assert.True(after.Reading.Outcome.Level >= before.Reading.Outcome.Level);
                    Assert.True(after.Reading.Outcome.LowestLevel >= before.Reading.Outcome.LowestLevel && after.Reading.Outcome.HighestLevel >= before.Reading.Outcome.HighestLevel);
                    Assert.True(after.Shown.Level >= before.Shown.Level);
                }

                Assert.Equal(points, after.Reading.Contributions[i].Points);
            }
        }
    });

    [Fact]
    public void Of_AnInputSupposedMissing_IsOutOfTheScoreAndMakesNothingFall() => Any.Sample(drawn =>
    {
        var before = drawn.Derivation;
        foreach (var contribution in before.Reading.Contributions)
        {
            var after = WhatIf.Of(before, new Dictionary<string, double?> { [contribution.Parameter.Indicator] = null });

            Assert.Contains(after.Reading.Missing, missing => missing.Indicator.Key == contribution.Parameter.Indicator && missing.Value.IsAbsent);
            Assert.Equal(before.Reading.Outcome.Available - contribution.Parameter.MaximumPoints, after.Reading.Outcome.Available);
            Assert.Equal(before.Reading.Outcome.Applicable, after.Reading.Outcome.Applicable);
            Assert.True(after.Reading.Outcome.HighestLevel >= before.Reading.Outcome.HighestLevel);

            // A level that would have risen with the input may not rise without it; none falls.
            Assert.True(after.Shown.Level >= Math.Min(before.Shown.Level, before.Fold!.Before.Level));
        }
    });

    [Fact]
    public void Of_ValueOfAMissingInput_Scores()
    {
        var before = DeriveSmall();

        var after = WhatIf.Of(before, new Dictionary<string, double?> { [Utc.Key] = 0.25 });

        Assert.Equal((null, 3), (before.Reading.CalculatedLevel, after.Reading.CalculatedLevel));
        Assert.Equal((2m, 0.25), (after.Reading.Contributions[1].Points, Number(after.Reading.Contributions[1])));
        Assert.Equal(25, WhatIf.Of(before, new Dictionary<string, double?> { [Ed.Key] = 0.25 }).Reading.Contributions[0].Reading.Numerator);
    }

    [Fact]
    public void Of_ValueOfARate_IsSoManyOfItsDenominatorInItsOwnPillar()
    {
        var perThousand = new[] { Ed with { Per = 1000 }, Utc }.ToDictionary(indicator => indicator.Key);
        var reading = new EscalationCalculator(perThousand, SmallSystem.Indicators).Evaluate(
            TwoInputs, Sys, March, new([State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 30), State("utc-seen", P1, March, 100), State("utc-breaches", P1, March, 5)]), _ => AbsenceCode.Late);

        var after = WhatIf.Of(new Derivation(FrameworkRules.Of(TwoInputs, perThousand, SmallSystem.Metrics), reading, null), new Dictionary<string, double?> { [Ed.Key] = 250 });

        Assert.Equal(25, after.Reading.Contributions[0].Reading.Numerator);
        Assert.Equal([("ed", 4), ("utc", 1)], after.Reading.Pillars.Select(pillar => (pillar.ServiceDomain, (int)pillar.Outcome.Level)));
    }

    [Fact]
    public void Of_OrganisationThatIsNotJudged_StaysSo()
    {
        var small = DeriveSmall();
        var reading = EscalationReading.NotOpen(TwoInputs, Tree.Find(NewSystem)!, March);

        var after = WhatIf.Of(new Derivation(small.Rules, reading, null), new Dictionary<string, double?> { [Ed.Key] = 1 });

        Assert.Equal(reading, after.Reading);
    }

    private static double Number(Contribution contribution) => contribution.Reading.Value.TryGetNumber(out var number) ? number : double.NaN;

    private static Derivation DeriveSmall()
    {
        var rules = FrameworkRules.Of(TwoInputs, new[] { Ed, Utc }.ToDictionary(indicator => indicator.Key), SmallSystem.Metrics);
        return new Derivation(rules, Evaluate(TwoInputs, State("ed-seen", P1, March, 100), State("ed-breaches", P1, March, 30)), null);
    }

    private static (Derivation Derivation, InputState[] Inputs) Derive(Framework framework, InputState[][] slots)
    {
        var indicators = framework.Parameters.ToDictionary(
            parameter => parameter.Indicator, parameter => Ed with { Key = parameter.Indicator, ServiceDomain = Frameworks.DomainOf(parameter.Indicator) });
        var rules = FrameworkRules.Of(framework, indicators, SmallSystem.Metrics);
        var scorer = rules.ToScorer();
        var shown = default(ShownLevel);
        ShownOutcome[] outcomes =
        [
            .. slots.Select((slot, index) =>
            {
                var outcome = scorer.Score(slot);
                shown = shown.Next(scorer, outcome, March.End.AddMinutes(15 * (index + 1 - slots.Length)));
                return new ShownOutcome(March.End.AddMinutes(15 * (index + 1 - slots.Length)), outcome, shown);
            }),
        ];
        var readings = framework.Parameters.Zip(slots[^1], (parameter, input) => Read(indicators[parameter.Indicator], input)).ToList();
        var reading = EscalationReading.Of(scorer, Sys, March, slots[^1], readings);
        return (new Derivation(rules, reading, Fold.Of(outcomes)), slots[^1]);
    }

    private static IndicatorReading Read(Indicator indicator, InputState input) => new(
        indicator, Sys, March,
        input.Status switch
        {
            InputStatus.Present => Figure.Of(input.Value),
            InputStatus.NotApplicable => Figure.Absent(AbsenceCode.NotApplicable),
            _ => Figure.Absent(AbsenceCode.Late),
        },
        input.Value, 1, [], [], [], [], 100, null, AbsenceCode.Late);
}
