using System.Text.Json;
using MetricsHub.Jobs;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>A source whose every run fails, among others that are collected as often as it is.</summary>
public sealed class PoisonTests
{
    private const int Neighbours = 10;

    /// <summary>The job and the fetches that a run tries again; not one run more than there are slots.</summary>
    private const int TriesOfARun = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Source_WhoseEveryRunFails_FailsOnceASlotAndKeepsNobodyWaiting()
    {
        await using var feeds = await PolledFeeds.StartAsync(Neighbours, Cancellation);
        using var catalogue = feeds.Catalogue();
        using var data = new TemporaryFolder();
        await using var hub = HubProcess.Launch(data.Path, "--Catalogue:Folder", catalogue.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        var answered = TimeProvider.System.GetUtcNow();

        // The first collection of everything, and then two slots of each neighbour.
        await Waiting.UntilAsync(
            "every neighbour had two slots", () => Task.FromResult(Enumerable.Range(1, Neighbours).All(feed => DelaysOf(feeds, feed, answered).Count >= 2)), Patience, () => hub.Output, Cancellation);

        var delays = Enumerable.Range(1, Neighbours).SelectMany(feed => DelaysOf(feeds, feed, answered)).Order().ToList();
        var minutes = (TimeProvider.System.GetUtcNow() - answered).TotalMinutes;
        var asked = feeds.Asked.Count(request => request.Feed == 0);
        Assert.InRange(asked, 1, (int)Math.Ceiling(minutes + 1) * TriesOfARun);
        Assert.True(delays[^1] < 60, $"A neighbour missed its slot: it was {delays[^1]:0.0} s late.");
        var sources = JsonElement.Parse(await hub.Http.GetStringAsync("/api/v1/sources", Cancellation)).GetProperty("items").EnumerateArray()
            .ToDictionary(source => source.GetProperty("key").GetString()!, source => source);
        Assert.Equal("failing", sources[PolledFeeds.Poison.ToString()].GetProperty("status").GetString());
        Assert.All(Enumerable.Range(1, Neighbours), feed => Assert.Equal(JsonValueKind.Object, sources[PolledFeeds.KeyOf(feed).ToString()].GetProperty("lastSuccess").ValueKind));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"In {minutes:0.0} minutes the failing source was asked {asked} times; its {Neighbours} neighbours were asked {delays.Count} times, p50 / highest delay {delays[delays.Count / 2]:0.0} / {delays[^1]:0.0} s.");
    }

    /// <summary>How many seconds after its slots a feed was asked, from the first slot on that began after the hub answered.</summary>
    private static List<double> DelaysOf(PolledFeeds feeds, int feed, DateTimeOffset since)
    {
        var second = Slots.SecondOf(PolledFeeds.KeyOf(feed));
        return
        [
            .. feeds.Asked.Where(request => request.Feed == feed && request.At > since)
                .Select(request => (request.At, Slot: SlotBefore(request.At, second)))
                .Where(request => request.Slot > since)
                .Select(request => (request.At - request.Slot).TotalSeconds),
        ];
    }

    private static DateTimeOffset SlotBefore(DateTimeOffset at, int second)
    {
        var slot = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute)).AddSeconds(second);
        return slot <= at ? slot : slot.AddMinutes(-1);
    }
}
