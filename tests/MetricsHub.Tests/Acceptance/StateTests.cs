using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Sources;
using MetricsHub.Storage;
using MetricsHub.Tests.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>What the hub keeps of a source, by which it asks for what is new: it never goes back, and from the far future nothing is new.</summary>
public sealed class StateTests(AcceptanceHub hub) : IClassFixture<AcceptanceHub>
{
    private static readonly DateTimeOffset FarFuture = new(2999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Sources => AcceptedSources.Keys;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task State_FromRunToRun_NeverGoesBackAndTheSameFileIsNothingNew(string key)
    {
        var source = hub.Find(key);
        if (Skips.OfFiles(source) is not null)
        {
            return;
        }

        var sample = await SourceSample.OfAsync(source);
        var delivery = Delivery.For(hub, source);
        Assert.Equal((true, 1), Brief(await delivery.DeliverAsync(sample.FileName, sample.Bytes)));
        var first = await StateAsync(source);

        Assert.Equal((true, 0), Brief(await delivery.DeliverAsync(sample.FileName, sample.Bytes)));
        Assert.Equal(first, await StateAsync(source));
        if (!source.TakesPushes)
        {
            Assert.Equal((RunOutcome.Succeeded, 0), await RunAsync(source));
            Assert.Equal(first, await StateAsync(source));
        }

        Assert.Equal((true, 1), Brief(await delivery.DeliverAsync(sample.FileName, FileFaults.Touch(sample, 1))));
        var second = await StateAsync(source);
        Assert.True(second.Arrival > first.Arrival);
        Assert.Equal(first.NewestPeriodEnd, second.NewestPeriodEnd);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task State_OfTheFarFuture_ReadsNothing(string key)
    {
        var source = hub.Find(key);
        if (Skips.OfFutureState(source) is not null)
        {
            return;
        }

        var sample = await SourceSample.OfAsync(source);
        hub.Publisher.Offer(source.Key, sample.FileName, sample.Bytes);
        var location = Assert.Single(hub.Hub.Services.GetRequiredService<LocationFactory>().LocationsOf(source), location => location.Folder is null).Location;
        var offer = Assert.Single(await location.DiscoverAsync(AcceptanceHub.Cancellation));
        using var read = new MemoryStream();

        var fetched = await location.FetchAsync(offer, new CollectionState(new FetchState(null, FarFuture), FarFuture), read, AcceptanceHub.Cancellation);

        if (source.Locations.OfType<FeedDefinition>().FirstOrDefault(feed => feed.Since is not null) is { } feed)
        {
            // What was asked of the publisher, asked of the one who knows how to answer it.
            var question = hub.Publisher.LastQuery[key];
            Assert.Equal($"?{feed.Since}=2999-12-31T00%3A00%3A00Z", question);
            await using var simulator = await SimulatorHost.StartAsync();
            var answer = await simulator.BytesAsync(AcceptedSources.Find(key).Locations.OfType<FeedDefinition>().Single().Address.AbsolutePath + question);
            Assert.Empty(AcceptedSources.ParserOf(source).Parse(sample.Content with { Bytes = answer }).Statements);
        }
        else
        {
            Assert.Null(fetched);
            Assert.Equal(0, read.Length);
        }
    }

    private async Task<(RunOutcome Outcome, int Stored)> RunAsync(SourceDefinition source)
    {
        var run = await hub.CollectAsync(source.Key);
        return (run.Outcome, run.Stored);
    }

    private static (bool Succeeded, int Stored) Brief(Receipt receipt) => (receipt.Succeeded, receipt.Stored);

    private async Task<(DateTimeOffset? NewestPeriodEnd, long Arrival)> StateAsync(SourceDefinition source)
    {
        var ends = await hub.Hub.Ledger.ListNewestPeriodEndsAsync(source.Key, AcceptanceHub.Cancellation);
        return (ends.TryGetValue(source.Key, out var end) ? end : null, (await hub.NewestAsync(source.Key)).Release.Arrival);
    }
}
