using MetricsHub.Catalogue;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>
/// Servers that fail, in the way of each source: the run says so, what was stored stays, nobody is asked more than allowed, other sources
/// are collected meanwhile, and so is this one afterwards.
/// </summary>
public sealed class ServerFaultTests(AcceptanceHub hub) : IClassFixture<AcceptanceHub>
{
    public static TheoryData<string> Sources => AcceptedSources.Keys;

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Server_WithEveryFault_FailsTheRunVisiblyAndNothingElse(string key)
    {
        var source = hub.Find(key);
        if (Skips.OfServerFaults(source) is not null)
        {
            return;
        }

        var sample = await SourceSample.OfAsync(source);
        var delivery = Delivery.For(hub, source);
        Assert.True((await delivery.DeliverAsync(sample.FileName, sample.Bytes)).Succeeded);
        var clean = await hub.CurrentAsync(source);
        var version = hub.Hub.Store.Version;
        var faults = ServerFaults.All(hub.Clock).ToList();

        // A newer file, so that somebody has to fetch it.
        hub.Publisher.Offer(source.Key, sample.FileName, FileFaults.Touch(sample, 1));
        foreach (var network in new[] { NetworkFault.NameNotFound, NetworkFault.Refused })
        {
            hub.Network.Fault = network;
            await FailAsync(source, network.ToString(), mostTries: 0);
            hub.Network.Fault = NetworkFault.None;
        }

        foreach (var place in Delivery.HasIndex(source) ? [Place.Index, Place.File] : new[] { Place.File })
        {
            foreach (var fault in faults.Where(fault => place == Place.File || fault.AtIndex))
            {
                hub.Publisher.Break(source.Key, place, fault.Answer);
                await FailAsync(source, $"{place}: {fault.Name}", fault.MostTries + (place == Place.File && Delivery.HasIndex(source) ? 1 : 0));
                if (fault.Lasts)
                {
                    await StandAsync(source, fault);
                }

                hub.Publisher.Mend(source.Key);
            }
        }

        Assert.Equal("failing", await hub.WordAsync(source.Key));
        Assert.Equal(version, hub.Hub.Store.Version);
        Assert.Equal(clean, await hub.CurrentAsync(source));
        var after = await delivery.DeliverAsync(sample.FileName, FileFaults.Touch(sample, 2));
        Assert.True(after is { Succeeded: true, Stored: 1 }, $"afterwards: {after}");
        Assert.Empty(clean.Except(await hub.CurrentAsync(source)));
        Assert.NotEqual("failing", await hub.WordAsync(source.Key));
    }

    [Fact]
    public async Task Server_ThatFails_LeavesOtherSourcesAlone()
    {
        var neighbours = AcceptedSources.Keys.Select(row => hub.Find(row.Data)).Where(source => Skips.OfServerFaults(source) is null).Take(2).ToList();
        var sample = await SourceSample.OfAsync(neighbours[1]);
        foreach (var place in Enum.GetValues<Place>())
        {
            hub.Publisher.Break(neighbours[0].Key, place, ServerFaults.All(hub.Clock).First().Answer);
        }

        var failed = await hub.CollectAsync(neighbours[0].Key);
        var receipt = await Delivery.For(hub, neighbours[1]).DeliverAsync(sample.FileName, FileFaults.Touch(sample, 100));
        hub.Publisher.Mend(neighbours[0].Key);

        Assert.NotEqual(RunOutcome.Succeeded, failed.Outcome);
        Assert.Equal((true, 1), (receipt.Succeeded, receipt.Stored));
        Assert.Equal("failing", await hub.WordAsync(neighbours[0].Key));
        Assert.NotEqual("failing", await hub.WordAsync(neighbours[1].Key));
    }

    private async Task FailAsync(SourceDefinition source, string fault, int mostTries)
    {
        hub.Publisher.Asked.TryRemove(source.Key.ToString(), out _);

        var run = await hub.CollectAsync(source.Key);

        Assert.True(run.Outcome != RunOutcome.Succeeded && run.Stored == 0 && run.Message?.Length > 0, $"{fault}: {run}");
        var asked = hub.Publisher.Asked.GetValueOrDefault(source.Key.ToString());
        Assert.True(asked <= mostTries, $"{fault}: asked {asked} times");
    }

    /// <summary>Who denied is not asked again, not even when he would answer, before the hub is restarted.</summary>
    private async Task StandAsync(SourceDefinition source, ServerFault fault)
    {
        hub.Publisher.Mend(source.Key);
        await FailAsync(source, $"after {fault.Name}", mostTries: Delivery.HasIndex(source) ? 1 : 0);
        await hub.Hub.RestartAsync();
    }
}
