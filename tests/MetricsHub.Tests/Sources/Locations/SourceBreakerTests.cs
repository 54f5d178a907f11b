using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

public sealed class SourceBreakerTests : IDisposable
{
    private static readonly Uri Address = new("https://publisher.example/feed");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly LogListener log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public void Failed_FewerTimesThanTheLimit_IsAskedOn()
    {
        var breaker = Breaker();
        Fail(breaker, 4);
        breaker.Succeeded();
        Fail(breaker, 4);

        breaker.Check(Address);

        Assert.Empty(log.Entries);
    }

    [Fact]
    public void Failed_ForGood_IsProbedAfterPausesThatDoubleUpToTheLongest()
    {
        var breaker = Breaker();
        Fail(breaker, 5);

        var pauses = Enumerable.Range(0, 6).Select(_ =>
        {
            var pause = MinutesUntilAsked(breaker);
            breaker.Failed(null);
            return pause;
        });

        Assert.Equal([10, 20, 40, 60, 60, 60], pauses);
    }

    [Fact]
    public void Check_Paused_SaysUntilWhenAndWhy()
    {
        var breaker = Breaker();
        Fail(breaker, 5);

        var exception = Assert.Throws<LocationException>(() => breaker.Check(Address));

        Assert.Equal("not asked: https://publisher.example/feed is left alone until 2026-11-22T12:10:00Z, because the source gave no answer 5 times in a row.", exception.Message);
    }

    [Fact]
    public void IsPaused_FromTheLastFailureToTheEndOfThePause_AndForGoodAfterADenial()
    {
        var breaker = Breaker();
        Fail(breaker, 4);
        Assert.False(breaker.IsPaused);
        breaker.Failed(null);
        Assert.True(breaker.IsPaused);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.False(breaker.IsPaused);

        breaker.Denied(new Uri("https://publisher.example/other"), "401 Unauthorized");

        time.Advance(TimeSpan.FromDays(1));
        Assert.True(breaker.IsPaused);
    }

    [Fact]
    public void Succeeded_AfterAPause_BeginsAnew()
    {
        var breaker = Breaker();
        Fail(breaker, 5);
        Assert.Equal(10, MinutesUntilAsked(breaker));
        breaker.Succeeded();

        Fail(breaker, 4);
        Assert.Equal(0, MinutesUntilAsked(breaker));
        breaker.Failed(null);
        Assert.Equal(10, MinutesUntilAsked(breaker));
        Assert.Equal([LogLevel.Warning, LogLevel.Information, LogLevel.Warning], log.Entries.Select(entry => entry.Level));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(600, 60)]
    public void Failed_SourceAsksForTime_GetsItUpToTheLongestPause(int asked, int given)
    {
        var breaker = Breaker();

        breaker.Failed(time.GetUtcNow().AddMinutes(asked));

        Assert.Equal(given, MinutesUntilAsked(breaker));
    }

    /// <summary>How much longer than the outage a feed read every 15 minutes is missed: one pause at most, and then the next slot.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(8, 10)]
    [InlineData(96, 100)]
    public void Check_FeedOfAQuarterOfAnHour_IsReadAgainSoonAfterItIsBack(int outageSlots, int readAt)
    {
        var breaker = Breaker();
        for (var slot = 0; ; slot++, time.Advance(TimeSpan.FromMinutes(15)))
        {
            if (Record.Exception(() => breaker.Check(Address)) is not null)
            {
                continue;
            }

            if (slot >= outageSlots)
            {
                Assert.InRange(slot, outageSlots, readAt);
                return;
            }

            breaker.Failed(null);
        }
    }

    [Fact]
    public void Denied_Address_IsNotAskedAgainAndLoggedOnceAsAnError()
    {
        var breaker = Breaker();
        breaker.Denied(Address, "403 Forbidden");
        breaker.Denied(Address, "403 Forbidden");
        breaker.Succeeded();
        time.Advance(TimeSpan.FromDays(365));

        Assert.Contains("answered 403 Forbidden", Assert.Throws<LocationException>(() => breaker.Check(Address)).Message, StringComparison.Ordinal);
        breaker.Check(new Uri("https://publisher.example/other"));
        Assert.Equal(LogLevel.Error, Assert.Single(log.Entries).Level);
    }

    private static void Fail(SourceBreaker breaker, int times)
    {
        for (var time = 0; time < times; time++)
        {
            breaker.Failed(null);
        }
    }

    private SourceBreaker Breaker() => new("feed", new BreakerLimits(5, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)), time, new LoggerFactory([log]).CreateLogger<SourceBreaker>());

    private int MinutesUntilAsked(SourceBreaker breaker)
    {
        for (var minutes = 0; ; minutes++, time.Advance(TimeSpan.FromMinutes(1)))
        {
            if (Record.Exception(() => breaker.Check(Address)) is null)
            {
                return minutes;
            }
        }
    }
}
