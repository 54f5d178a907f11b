using Xunit;

namespace MetricsHub.Tests.Winter;

/// <summary>Two weeks of the winter that <c>make winter</c> replays whole, and what another program makes of the same figures.</summary>
public sealed class WinterReplayTests : IAsyncLifetime
{
    private const int Days = 14;
    private const int Trusts = 153;

    private readonly TestHub hub = TestHub.Empty(WinterReplay.Change);
    private WinterReplay replay = null!;

    public async ValueTask InitializeAsync()
    {
        var sitreps = WinterSitreps.Read();
        replay = new WinterReplay(hub, sitreps);
        await replay.RunAsync([.. sitreps.Dates.Take(Days)], TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public void Replay_TwoWeeks_LevelsEveryTrustAndSystemByTheDay()
    {
        Assert.Multiple(
            () => Assert.Equal(Trusts * Days, replay.Trusts.Days),
            () => Assert.Equal((1864, 278), (replay.Trusts.Levelled, replay.Trusts.TooFewParameters)),
            () => Assert.Equal(0, replay.Trusts.OtherwiseWithout),
            () => Assert.Equal([450, 973, 390, 51], Enumerable.Range(1, 4).Select(replay.Trusts.DaysAt)),
            () => Assert.Equal([293, 914, 565, 92], Enumerable.Range(1, 4).Select(replay.Trusts.DaysShownAt)),
            () => Assert.Equal((588, 586), (replay.Systems.Days, replay.Systems.Levelled)),

            // Patience takes changes away and never an escalation.
            () => Assert.Equal((457, 198), (replay.Trusts.CalculatedChanges, replay.Trusts.ShownChanges)),
            () => Assert.Equal((0, 0), (replay.Trusts.Delayed, replay.Systems.Delayed)),

            // A level follows from figures and framework, never from when it was looked at.
            () => Assert.Equal(0, replay.ReadOtherwiseLater),

            // One of nine parameters is no level, whatever it says.
            () => Assert.Equal(0, replay.TrustsNationally.Levelled),
            () => Assert.Equal([(0m, 44m), (6m, 44m)], replay.TrustsNationally.Observable.Keys));
    }
}
