using Xunit;

namespace MetricsHub.Tests.Winter;

/// <summary>The first two weeks of the winter that <c>make winter</c> goes through; what it expects of trusts was worked out from the same rows by another program.</summary>
public sealed class WinterDayByDayTests : IAsyncLifetime
{
    private const int Days = 14;
    private const int Trusts = 153;

    private readonly TestHub hub = TestHub.Empty(WinterDayByDay.Change);
    private WinterDayByDay winter = null!;

    public async ValueTask InitializeAsync()
    {
        var sitreps = WinterSitreps.Read();
        winter = new WinterDayByDay(hub, sitreps);
        await winter.RunAsync([.. sitreps.Dates.Take(Days)], TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public void RunAsync_TwoWeeks_LevelsEveryTrustAndSystemByTheDay()
    {
        Assert.Multiple(
            () => Assert.Equal(Trusts * Days, winter.Trusts.Days),
            () => Assert.Equal((1864, 278), (winter.Trusts.Levelled, winter.Trusts.TooFewParameters)),
            () => Assert.Equal(0, winter.Trusts.OtherwiseWithout),
            () => Assert.Equal([450, 973, 390, 51], Enumerable.Range(1, 4).Select(winter.Trusts.DaysAt)),
            () => Assert.Equal([293, 914, 565, 92], Enumerable.Range(1, 4).Select(winter.Trusts.DaysShownAt)),
            () => Assert.Equal((588, 586), (winter.Systems.Days, winter.Systems.Levelled)),

            // Patience takes changes away and never an escalation.
            () => Assert.Equal((457, 198), (winter.Trusts.CalculatedChanges, winter.Trusts.ShownChanges)),
            () => Assert.Equal((0, 0), (winter.Trusts.Delayed, winter.Systems.Delayed)),

            // A level follows from figures and framework, never from when it was looked at.
            () => Assert.Equal(0, winter.ReadOtherwiseLater),

            // One of nine parameters is no level, whatever it says.
            () => Assert.Equal(0, winter.TrustsNationally.Levelled),
            () => Assert.Equal([(0m, 44m), (6m, 44m)], winter.TrustsNationally.Observable.Keys));
    }
}
