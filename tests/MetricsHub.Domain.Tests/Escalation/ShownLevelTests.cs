using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class ShownLevelTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 14, 0, 0, TimeSpan.Zero);

    /// <summary>Four equal parameters of a hundred points; cuts at 25, 50, 75; margin 5, two slots; held for two.</summary>
    private static readonly Scorer Scorer = (Frameworks.Of(
        ScoringMode.PercentOfAvailable, Rounding.None,
        [.. Enumerable.Range(0, 4).Select(i => Frameworks.Parameter($"p{i}", string.Join(' ', Enumerable.Range(0, 101).Select(Band))))],
        ["[0, 25]", "(25, 50]", "(50, 75]", "(75, 100]"], margin: 5, slots: 2) with
    {
        MissingData = Frameworks.Shares.MissingData with { HoldSlots = 2 },
    }).Score();

    [Fact]
    public void Next_ScoreRises_IsShownAtOnce() =>
        Assert.Equal([1, 3, 4], Show([20, 60, 80]).Select(shown => (int)shown.Level));

    [Fact]
    public void Next_ScoreFallsBelowTheMargin_FallsAfterTheSlotsAndCountsDown()
    {
        var shown = Show([60, 44, 44, 44]);

        Assert.Equal([3, 3, 2, 2], shown.Select(step => (int)step.Level));
        Assert.Equal([null, 1, null, null], shown.Select(step => step.SlotsToFall(Scorer.Framework.Hysteresis)));
        Assert.Equal((2, Start.AddMinutes(30)), (shown[1].FallsTo, shown[2].Since));
    }

    [Fact]
    public void Next_ScoreWithinTheMargin_DoesNotFall() =>
        Assert.Equal([3, 3, 3, 3], Show([60, 46, 46, 46]).Select(shown => (int)shown.Level));

    [Fact]
    public void Next_ScoreOnTheMargin_Falls() =>
        Assert.Equal([3, 3, 2], Show([60, 45, 45]).Select(shown => (int)shown.Level));

    [Fact]
    public void Next_CalmIsInterrupted_CountsAnew() =>
        Assert.Equal([3, 3, 3, 3, 2], Show([60, 40, 48, 40, 40]).Select(shown => (int)shown.Level));

    [Fact]
    public void Next_CalmSlotsOfDifferentDepth_FallsToTheHighestOfThem() =>
        Assert.Equal([4, 4, 3, 3, 1], Show([80, 60, 10, 10, 10]).Select(shown => (int)shown.Level));

    [Fact]
    public void Next_UpperBoundHasNotFallen_DoesNotFall()
    {
        // Three of four inputs at 20: 20 % now, but (60 + 100) / 400 = 40 % and with the margin 45 % at the worst; and one at 40.
        var shown = Show([60, 20, 20, 20], missing: [null, 3, 3, 3]);
        var high = Show([60, 40, 40, 40], missing: [null, 3, 3, 3]);

        Assert.Equal([3, 3, 2, 2], shown.Select(step => (int)step.Level));
        Assert.Equal([3, 3, 3, 3], high.Select(step => (int)step.Level));
    }

    [Fact]
    public void Next_NoLevel_IsHeldThenUnknownAndComesBackWithPatience()
    {
        var shown = Show([60, null, null, null, 20, 20, 20]);

        Assert.Equal(
            [ShownStatus.Known, ShownStatus.Held, ShownStatus.Held, ShownStatus.Unknown, ShownStatus.Known, ShownStatus.Known, ShownStatus.Known],
            shown.Select(step => step.Status));
        Assert.Equal([3, 3, 3, 3, 3, 1, 1], shown.Select(step => (int)step.Level));
        Assert.Equal([0, 1, 2, 3, 0, 0, 0], shown.Select(step => step.SlotsWithoutLevel));
        Assert.All(shown.Take(5), step => Assert.Equal(Start, step.Since));
    }

    [Fact]
    public void Next_NeverALevel_IsNeverKnown() =>
        Assert.Equal([default, default], Show([null, null]));

    [Fact]
    public void Next_NoLevelAndEvenTheBestIsMore_Rises()
    {
        var two = Scorer.Score([Scorer.Read(0, 100), Scorer.Read(1, 100), InputState.Missing, InputState.Missing]);
        var three = Scorer.Score([Scorer.Read(0, 100), Scorer.Read(1, 100), Scorer.Read(2, 10), InputState.Missing]) with { Level = 0, Why = NoLevel.TooFewPoints };

        Assert.Equal((0, 2), (two.Level, two.LowestLevel));
        var shown = Show([20])[0].Next(Scorer, two, Start.AddMinutes(15));
        Assert.Equal((ShownStatus.Held, 2, Start.AddMinutes(15)), (shown.Status, (int)shown.Level, shown.Since));
        Assert.Equal(3, shown.Next(Scorer, three, Start.AddMinutes(30)).Level);
    }

    [Fact]
    public void Next_SameLevelAgain_HasBeenShownSinceTheFirst()
    {
        var two = Scorer.Score([Scorer.Read(0, 100), Scorer.Read(1, 100), InputState.Missing, InputState.Missing]);

        Assert.Equal([Start, Start], Show([60, 60]).Select(shown => shown.Since));
        Assert.Equal((2, Start), (two.LowestLevel, Show([40])[0].Next(Scorer, two, Start.AddMinutes(15)).Since));
    }

    private static ShownLevel[] Show(double?[] scores, int?[]? missing = null)
    {
        var shown = default(ShownLevel);
        return
        [
            .. scores.Select((score, i) =>
            {
                var states = Enumerable.Range(0, 4)
                    .Select(input => score is { } value && input != missing?[i] ? Scorer.Read(input, value) : InputState.Missing).ToArray();
                return shown = shown.Next(Scorer, Scorer.Score(states), Start.AddMinutes(15 * i));
            }),
        ];
    }

    private static string Band(int points) =>
        points == 0 ? "(-inf, 0.5]=0" : points == 100 ? "(99.5, +inf)=100" : FormattableString.Invariant($"({points - 0.5}, {points + 0.5}]={points}");
}
