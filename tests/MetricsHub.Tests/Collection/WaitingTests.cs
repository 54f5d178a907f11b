using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Collection;

/// <summary>What is collected while the store is away waits in the archive, and is stored in order when it is back.</summary>
public sealed class WaitingTests
{
    private const string FirstRelease = "December-2025-CSV.csv";
    private const string Revision = "Monthly-AE-December-2025-revised-g9Hy6.csv";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_StoreAway_ArchivesEverythingAndTellsWhatWaits()
    {
        await using var hub = Hub();
        hub.DropSample(TestHub.AeMonthly, FirstRelease);
        hub.DropSample(TestHub.AeMonthly, Revision);
        Store(hub).IsAway = true;

        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal((RunOutcome.Partial, 2, 0), (result.Outcome, result.Offered, result.Stored));
        Assert.StartsWith("2 publication(s) wait in the archive to be stored | The store is away.", result.Message, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(await hub.Ledger.CountWaitingAsync(Cancellation)).Value);
        Assert.All(await hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 10, Cancellation), publication => Assert.Equal(PublicationState.Archived, publication.State));

        // The publisher could be read: that is not what is wrong.
        Assert.False((await hub.Ledger.ReadStandingsAsync(null, Cancellation))[TestHub.AeMonthly].IsUnreachable);
    }

    [Fact]
    public async Task Collect_StoreBackAndThePublisherOffersNothingMore_StoresInOrderOfArrival()
    {
        await using var hub = Hub();
        Store(hub).IsAway = true;
        foreach (var name in new[] { FirstRelease, Revision })
        {
            hub.DropSample(TestHub.AeMonthly, name);
            await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
            hub.Remove(TestHub.AeMonthly, name);
            hub.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Store(hub).IsAway = false;
        await hub.Collector.ReplayAsync(TestHub.AeMonthly, Cancellation);

        Assert.Empty(await hub.Ledger.CountWaitingAsync(Cancellation));
        var publications = await hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 10, Cancellation);
        Assert.Equal(publications.OrderBy(publication => publication.Release.Arrival), publications.OrderBy(publication => publication.RecordedAt));
        Assert.Equal(Figure.Of(12321), await hub.FigureAsync("ed-type-1-attendances", "RTP", LondonCalendar.Month(2025, 12), publications.Min(publication => publication.RecordedAt), Cancellation));
        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", LondonCalendar.Month(2025, 12), null, Cancellation));
    }

    [Fact]
    public async Task Replay_StoreStillAway_Throws()
    {
        await using var hub = Hub();
        hub.DropSample(TestHub.AeMonthly, FirstRelease);
        Store(hub).IsAway = true;
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        await Assert.ThrowsAsync<StoreException>(() => hub.Collector.ReplayAsync(TestHub.AeMonthly, Cancellation));

        Assert.Equal(1, (await hub.Ledger.CountWaitingAsync(Cancellation))[TestHub.AeMonthly]);
    }

    private static TestHub Hub() => TestHub.Empty(replace: services =>
        services.AddSingleton<IObservationStore>(provider => new SwitchedStore(provider.GetRequiredService<DuckDbObservationStore>())));

    private static SwitchedStore Store(TestHub hub) => (SwitchedStore)hub.Store;
}
