using MetricsHub.Domain.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

public sealed class FoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Scorer Scorer = (Frameworks.Shares with { Hysteresis = Frameworks.Shares.Hysteresis with { Slots = 3 } }).Score();

    [Fact]
    public void Of_LevelThatStands_TellsItsSlotsSinceItRose()
    {
        var fold = Fold.Of(Walk(0, 40, 40, 40));

        Assert.Equal([2, 3, 4], fold.Slots.Select(slot => Hour(slot.At)));
        Assert.Equal((4, Start.AddHours(2), 0), ((int)fold.Shown.Level, fold.Shown.Since, fold.Omitted));
        Assert.Equal(4, fold.Before.Level);
    }

    [Fact]
    public void Of_LevelThatFellHere_TellsTheCalmSlots()
    {
        var fold = Fold.Of(Walk(40, 40, 0, 0, 0));

        Assert.Equal([3, 4, 5], fold.Slots.Select(slot => Hour(slot.At)));
        Assert.Equal([1, 2, 0], fold.Slots.Select(slot => slot.Shown.CalmSlots));
        Assert.Equal((4, 1), ((int)fold.Before.Level, (int)fold.Shown.Level));
    }

    [Fact]
    public void Of_LevelThatRoseHere_TellsThisSlotAlone() => Assert.Equal([3], Fold.Of(Walk(0, 0, 40)).Slots.Select(slot => Hour(slot.At)));

    [Fact]
    public void Of_FirstSlot_HasNothingBefore() => Assert.Equal(default, Fold.Of(Walk(40)).Before);

    [Fact]
    public void Of_NeverALevel_TellsThisSlotAlone()
    {
        var fold = Fold.Of(Walk(null, null));

        Assert.Equal((ShownStatus.NeverKnown, 1), (fold.Shown.Status, fold.Slots.Count));
    }

    [Fact]
    public void Of_LongStand_TellsTheFirstAndTheNewest()
    {
        var fold = Fold.Of(Walk([.. Enumerable.Repeat((double?)40, 300)]));

        Assert.Equal(Fold.MostSlots, fold.Slots.Count);
        Assert.Equal(300 - Fold.MostSlots, fold.Omitted);
        Assert.Equal((1, 300, 206), (Hour(fold.Slots[0].At), Hour(fold.Slots[^1].At), Hour(fold.Slots[1].At)));
    }

    /// <summary>One slot an hour, all inputs of one value; nothing is there where it is null.</summary>
    private static ShownOutcome[] Walk(params double?[] values)
    {
        var shown = default(ShownLevel);
        return
        [
            .. values.Select((value, index) =>
            {
                var inputs = Enumerable.Range(0, 4).Select(i => value is { } number ? Scorer.Read(i, number) : InputState.Missing).ToArray();
                var outcome = Scorer.Score(inputs);
                var at = Start.AddHours(index + 1);
                shown = shown.Next(Scorer, outcome, at);
                return new ShownOutcome(at, outcome, shown);
            }),
        ];
    }

    private static int Hour(DateTimeOffset at) => (int)(at - Start).TotalHours;
}
