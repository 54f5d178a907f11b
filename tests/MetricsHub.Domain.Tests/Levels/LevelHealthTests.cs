using CsCheck;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Tests.Escalation;
using Xunit;

namespace MetricsHub.Domain.Tests.Levels;

public sealed class LevelHealthTests
{
    private static readonly StandingRule Standing = new(90, 98, 50, 90, 10, Provenance.LocalPlaceholder, "test");
    private static readonly ChatterRule Flapping = new(30, 20, Provenance.Quoted, "test");

    [Fact]
    public void Of_FourSlots_GivesTheTimeOfEveryLevelAndBand()
    {
        var health = LevelHealth.Of(Frameworks.Shares, Paths.Through(Frameworks.Shares, "0000", "3333", "333-", "----"));

        Assert.Equal((4, TimeSpan.FromHours(1)), (health.Readings, health.Time));
        Assert.Equal([25, 0, 0, 50], health.Calculated.Select(share => share.Percent));
        Assert.Equal([25, 0, 0, 75], health.Shown.Select(share => share.Percent));
        Assert.Equal((25, 25, 50, 0), (health.NotCalculated.Percent, health.Held.Percent, health.Uncertain.Percent, health.Unknown.Percent));
        var last = health.Inputs[3];
        Assert.Equal((25, 25, 50), (last.Best.Percent, last.Worst.Percent, last.Missing.Percent));
        Assert.Equal([25, 0, 0, 25], last.Bands.Select(share => share.Percent));
    }

    [Fact]
    public void Of_NoSlots_HasNoShares()
    {
        var health = LevelHealth.Of(Frameworks.Shares, []);

        Assert.Equal((0, TimeSpan.Zero, 0), (health.Readings, health.Time, health.NotCalculated.Share));
        Assert.Empty(Standing.Find(health, key => key));
    }

    [Fact]
    public void Of_AnyHistory_SharesAddUpToAllOfTheTime() =>
        Paths.Any.Sample(history =>
        {
            var health = LevelHealth.Of(history.Scorer.Framework, history.Slots);

            Assert.Equal(health.Time, Sum([.. health.Calculated, health.NotCalculated]));
            Assert.Equal(health.Time, Sum([.. health.Shown, health.Unknown, health.NeverKnown]));
            Assert.All(health.Inputs, input => Assert.Equal(health.Time, Sum([.. input.Bands, input.Missing, input.NotApplicable])));
            Assert.All(health.Inputs, input => Assert.True(input.Worst.Time + input.Best.Time + input.Missing.Time + input.NotApplicable.Time <= health.Time));
            Assert.True(health.Held.Time <= Sum(health.Shown) && health.Uncertain.Time <= health.Time);
        });

    [Fact]
    public void Find_InputInItsWorstBandOnNearlyAllDays_SaysThatItDoesNotDiscriminate()
    {
        // 200 quarter hours are two days and a bit; 188 of them are 94 %.
        var slots = Enumerable.Range(0, 200).Select(index => index < 188 ? "0123" : "0120");

        var found = Standing.Find(LevelHealth.Of(Frameworks.Shares, Paths.Through(Frameworks.Shares, slots)), key => $"Input {key}");

        Assert.Contains("Input p3 was in its worst band on 94 % of 2 days: it no longer discriminates.", found.Select(finding => finding.Text));
        Assert.Contains(found, finding => finding is { Indicator: "p0", Kind: StandingKind.BestBand });
        Assert.DoesNotContain(found, finding => finding.Indicator is "p1" or "p2");
    }

    [Theory]
    [InlineData(179, false)]
    [InlineData(180, true)]
    public void Find_LevelThatHardlyChanges_IsSaidFromTheThresholdOn(int highest, bool isSaid)
    {
        var slots = Enumerable.Range(0, 200).Select(index => index < highest ? "3333" : "1111");

        var found = Standing.Find(LevelHealth.Of(Frameworks.Shares, Paths.Through(Frameworks.Shares, slots)), key => key);

        Assert.Equal(isSaid, found.Any(finding => finding is { Kind: StandingKind.Level, Indicator: null }));
    }

    [Fact]
    public void Find_InputMissingMostOfTheTime_SaysSo()
    {
        var found = Standing.Find(LevelHealth.Of(Frameworks.Shares, Paths.Through(Frameworks.Shares, Enumerable.Repeat("012-", 12))), key => key);

        Assert.Contains(found, finding => finding is { Indicator: "p3", Kind: StandingKind.Missing });
    }

    [Fact]
    public void Find_TooFewReadings_SaysNothing() =>
        Assert.Empty(Standing.Find(LevelHealth.Of(Frameworks.Shares, Paths.Through(Frameworks.Shares, Enumerable.Repeat("3333", 9))), key => key));

    [Fact]
    public void Chatter_LevelThatAlternates_ChattersUntilItHasBeenQuiet()
    {
        int[] levels = [.. Enumerable.Range(0, 21).Select(index => index % 2), .. Enumerable.Repeat(0, 21)];

        var all = Chatter.Of(levels, from: 0, Flapping);
        var early = Chatter.Of(levels.AsSpan(0, 30), from: 0, Flapping);

        Assert.Equal((0.0, 100.0, false), (all.Last, all.Maximum, all.IsChattering));
        Assert.True(early.IsChattering && early.Last > 20);
        Assert.InRange(all.Readings, 10, 20);
    }

    [Fact]
    public void Chatter_ReadingsBeforeTheWindow_CountIntoTheScoreAndAreNotToldOf()
    {
        int[] levels = [.. Enumerable.Range(0, 21).Select(index => index % 2), .. Enumerable.Repeat(0, 21)];

        var last = Chatter.Of(levels, from: 41, Flapping);

        Assert.Equal((0.0, 0.0, 0), (last.Last, last.Maximum, last.Readings));
        Assert.Null(Chatter.Of(levels.AsSpan(0, 20), 0, Flapping).Last);
    }

    [Fact]
    public void Chatter_AnyLevels_StartsOnlyAtItsThresholdAndIsNeverAboveItsMaximum() =>
        Gen.Int[0, 4].Array[0, 80].Sample(levels =>
        {
            var chatter = Chatter.Of(levels, 0, Flapping);

            Assert.True(chatter.Readings == 0 || chatter.Maximum >= Flapping.StartsAt);
            Assert.True(!chatter.IsChattering || chatter.Last > Flapping.EndsAt);
            Assert.True(chatter.Last is null || chatter.Last <= chatter.Maximum);
        });

    private static TimeSpan Sum(IEnumerable<TimeShare> shares) => new(shares.Sum(share => share.Time.Ticks));
}
