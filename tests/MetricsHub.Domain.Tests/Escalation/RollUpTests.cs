using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class RollUpTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);
    private static readonly Scorer Scorer = Frameworks.Shares.Score();

    [Fact]
    public void Of_ProvidersPlacesAndSystem_RollsUpStepByStep()
    {
        RollUpWeight[] weights = [Weigh("SYS", "PL1", 3), Weigh("SYS", "PL2", 1), Weigh("PL1", "P1", 1), Weigh("PL1", "P2", 1), Weigh("PL2", "P3", 5)];

        var step = RollUp(weights).Of(new("SYS"), Day, code => Outcome(code.ToString() switch { "P1" => 4, "P2" => 0, _ => 1 }));

        Assert.Equal([50m, 25m], step.Parts.Select(part => part.Step.Score!.Value));
        Assert.Equal(43.75m, step.Score);
        Assert.Equal((2, 100.0), (step.Level, step.CoveragePercent));
        Assert.Equal([new("P1"), new OrganisationCode("P2")], step.Parts[0].Step.Parts.Select(part => part.Step.Organisation));
    }

    [Fact]
    public void Of_AProviderMissing_IsOutOfTheMeanAndWidensTheBounds()
    {
        RollUpWeight[] weights = [Weigh("SYS", "P1", 4), Weigh("SYS", "P2", 1)];

        var step = RollUp(weights).Of(new("SYS"), Day, code => code.ToString() == "P1" ? Outcome(2) : null);

        Assert.Equal((50m, 2, 80.0), (step.Score, step.Level, step.CoveragePercent));
        Assert.Equal((40m, 60m), (step.BestScore, step.WorstScore));
        Assert.Equal((2, 3), (step.LowestLevel, step.HighestLevel));
    }

    [Fact]
    public void Of_TooMuchMissing_HasNoScoreAndCountsForNothingAbove()
    {
        RollUpWeight[] weights = [Weigh("NAT", "SYS", 1), Weigh("NAT", "OTHER", 3), Weigh("SYS", "P1", 1), Weigh("SYS", "P2", 1)];

        var step = RollUp(weights).Of(new("NAT"), Day, code => code.ToString() == "P2" ? null : Outcome(4));

        var system = step.Parts.Single(part => part.Weight.Child == new OrganisationCode("SYS")).Step;
        Assert.Equal((null, null, 50.0), (system.Score, system.Level, system.CoveragePercent));
        Assert.Equal((100m, 4, 75.0), (step.Score, step.Level, step.CoveragePercent));
        Assert.Equal((4, 4), (step.LowestLevel, step.HighestLevel));
    }

    [Fact]
    public void Of_WeightsOfAnotherDate_DoNotCount()
    {
        RollUpWeight[] weights = [Weigh("SYS", "P1", 1), Weigh("SYS", "P2", 9) with { Valid = new DateSpan(null, Day) }];

        var step = RollUp(weights).Of(new("SYS"), Day, code => Outcome(code.ToString() == "P1" ? 0 : 4));

        Assert.Equal(0m, step.Score);
        Assert.Single(step.Parts);
    }

    [Fact]
    public void Of_WeightsThatLeadBack_AreRefused()
    {
        RollUpWeight[] weights = [Weigh("SYS", "P1", 1), Weigh("P1", "SYS", 1)];

        Assert.Throws<ArgumentException>(() => RollUp(weights).Of(new("SYS"), Day, _ => Outcome(0)));
    }

    /// <summary>Two systems of three providers each: whoever goes missing, the bounds only widen, and hold the score of all of them.</summary>
    [Fact]
    public void Of_AnybodyGoesMissing_WidensTheBoundsAroundTheCompleteScore() =>
        Gen.Select(Gen.Int[0, 4].Array[6], Gen.Int[1, 20].Array[8], Gen.Bool.Array[6], Gen.Int[0, 5]).Sample((worst, weighed, there, lost) =>
        {
            RollUpWeight[] weights =
            [
                .. Enumerable.Range(0, 2).Select(system => Weigh("NAT", $"S{system}", weighed[system])),
                .. Enumerable.Range(0, 6).Select(provider => Weigh($"S{provider / 3}", $"P{provider}", weighed[2 + provider])),
            ];
            RollUpStep With(Func<int, bool> isThere) => RollUp(weights).Of(
                new("NAT"), Day, code => code.ToString()[1] - '0' is var provider && isThere(provider) ? Outcome(worst[provider]) : null);

            var (complete, some, fewer) = (With(_ => true), With(provider => there[provider]), With(provider => there[provider] && provider != lost));

            Assert.InRange(complete.Score!.Value, some.BestScore, some.WorstScore);
            Assert.InRange(some.BestScore, fewer.BestScore, some.WorstScore);
            Assert.InRange(some.WorstScore, some.BestScore, fewer.WorstScore);
            Assert.InRange(complete.Level!.Value, some.LowestLevel, some.HighestLevel);
            Assert.InRange(fewer.CoveragePercent, 0, some.CoveragePercent + 1e-9);
        });

    [Fact]
    public void Of_AProviderOfTwoPlaces_CountsInBoth()
    {
        RollUpWeight[] weights = [Weigh("SYS", "PL1", 1), Weigh("SYS", "PL2", 1), Weigh("PL1", "P1", 1), Weigh("PL2", "P1", 1)];

        Assert.Equal(50m, RollUp(weights).Of(new("SYS"), Day, _ => Outcome(2)).Score);
    }

    [Fact]
    public void Of_AProviderOnItsOwn_IsAsItsReadingSays()
    {
        var step = RollUp([]).Of(new("P1"), Day, _ => Outcome(3));

        Assert.Equal((75m, 3, 100.0), (step.Score, step.Level, step.CoveragePercent));
    }

    [Fact]
    public void Of_AProviderWithoutALevel_HasBoundsAndNoCoverage()
    {
        var step = RollUp([]).Of(new("P1"), Day, _ => Scorer.Score([Scorer.Read(0, 35), InputState.Missing, InputState.Missing, InputState.Missing]));

        Assert.Equal((null, null, 0.0), (step.Score, step.Level, step.CoveragePercent));
        Assert.Equal((1, 4), (step.LowestLevel, step.HighestLevel));
    }

    private static RollUp RollUp(RollUpWeight[] weights) => new(Scorer.Scale, weights, 75);

    private static RollUpWeight Weigh(string parent, string child, decimal weight) =>
        new(new(parent), new(child), weight, DateSpan.Always, "open beds", Provenance.LocalPlaceholder, "test");

    /// <summary>So many of the four inputs at their worst, the others at their best: 25 % each.</summary>
    private static SlotOutcome Outcome(int worst) => Scorer.Score([.. Enumerable.Range(0, 4).Select(i => Scorer.Read(i, i < worst ? 35 : 5))]);
}
