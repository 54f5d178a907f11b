using MetricsHub.IntegrationTests.Influx;
using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using Xunit;
using static MetricsHub.Tests.Storage.StorageSamples;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>A ledger that keeps the order of the releases, and a database that holds them: where they do not agree.</summary>
public sealed class LedgerAndDatabaseTests(InfluxFixture influx) : IClassFixture<InfluxFixture>
{
    private static readonly StatementQuery Everything = new(SeriesSelection.All);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As it is after an upgrade, and where a ledger was restored from a backup.</summary>
    [Fact]
    public async Task Load_DatabaseThatTheLedgerDoesNotKnow_TakesItUpAndGoesOnAfterIt()
    {
        var access = influx.NewDatabase();
        var before = influx.Store(access, TimeProvider.System);
        await before.AppendAsync(Release("a"), [Hour(0, 1), Hour(1, 2)], Cancellation);
        var last = await before.AppendAsync(Release("b", arrival: 2), [Hour(1, 3)], Cancellation);
        var order = influx.OrderOf(access with { Database = access.Database + "-restored" });

        var store = InfluxFixture.Store(InfluxFixture.Client(access), order, new NoOtherProcess(), new Yesterday());
        var taken = await store.ReadAsync(Everything, Cancellation);
        var next = await store.AppendAsync(Release("c", arrival: 3), [Hour(1, 4)], Cancellation);

        Assert.Equal(await before.ReadAsync(Everything, Cancellation), taken);
        Assert.True(next.RecordedAt > last.RecordedAt);
        Assert.Equal([1, 4], (await store.ReadAsync(Everything, Cancellation)).Select(Number));
        Assert.Equal([1, 3], (await store.ReadAsync(Everything with { AsOf = last.RecordedAt }, Cancellation)).Select(Number));
        Assert.False((await store.AppendAsync(Release("a"), [Hour(0, 1), Hour(1, 2)], Cancellation)).Changed);
    }

    [Fact]
    public async Task Load_DatabaseThatLacksWhatTheLedgerKnows_IsRefused()
    {
        var access = influx.NewDatabase();
        await influx.Store(access, TimeProvider.System).AppendAsync(Release("a"), [Hour(0, 1)], Cancellation);

        var store = InfluxFixture.Store(InfluxFixture.Client(influx.NewDatabase()), influx.OrderOf(access), new NoOtherProcess(), TimeProvider.System);

        var thrown = await Assert.ThrowsAsync<InfluxException>(() => store.ReadAsync(Everything, Cancellation));
        Assert.Contains("they do not belong together", thrown.Message, StringComparison.Ordinal);
    }

    private sealed class Yesterday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(-1);
    }
}
