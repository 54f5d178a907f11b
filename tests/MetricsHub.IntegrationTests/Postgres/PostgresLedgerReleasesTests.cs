using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>The contract of the order of the releases, on a real PostgreSQL; and the turn that processes take there.</summary>
public sealed class PostgresLedgerReleasesTests(PostgresFixture postgres) : LedgerReleasesContract, IDisposable
{
    private readonly List<PostgresDatabase> databases = [];
    private PostgresSettings? settings;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => databases.ForEach(database => database.Dispose());

    [Fact]
    public async Task Turn_AskedForByMany_IsOneHoldersAndServedInOrder()
    {
        OpenNew();
        var order = new List<int>();
        PostgresLocks[] processes = [Locks(), Locks(), Locks()];
        var held = await processes[0].TakeInOrderAsync("turn", Cancellation);
        var waiting = new List<Task>();
        for (var number = 0; number < processes.Length; number++)
        {
            waiting.Add(TakeAsync(number));
            await WaitersAsync(number + 1);
        }

        Assert.Empty(order);
        await held.DisposeAsync();
        await Task.WhenAll(waiting);
        Assert.Equal([0, 1, 2], order);

        async Task TakeAsync(int number)
        {
            await using var turn = await processes[number].TakeInOrderAsync("turn", Cancellation);
            order.Add(number);
        }
    }

    [Fact]
    public async Task Turn_WaitGivenUp_LeavesNothingHeld()
    {
        OpenNew();
        var (ours, theirs) = (Locks(), Locks());
        var held = await theirs.TakeInOrderAsync("turn", Cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var waiting = ours.TakeInOrderAsync("turn", patience.Token);
        await WaitersAsync(1);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await held.DisposeAsync();

        Assert.NotNull(await theirs.TryTakeAsync("turn", Cancellation));
    }

    private protected override IReleaseClock OpenNew()
    {
        settings = postgres.NewSchema();
        return Another();
    }

    private protected override IReleaseClock Another()
    {
        databases.Add(PostgresFixture.Open(settings!));
        return new SqlReleaseClock(new PostgresLedgerDatabase(databases[^1]));
    }

    private PostgresLocks Locks()
    {
        databases.Add(PostgresFixture.Open(settings!));
        return new PostgresLocks(databases[^1], NullLogger<PostgresLocks>.Instance);
    }

    /// <summary>Waits until so many wait for the turn.</summary>
    private async Task WaitersAsync(int count)
    {
        var key = databases[0].KeyOf("turn");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await databases[0].RunAsync(
            connection => connection.QueryFirst(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid::BIGINT = $1 AND objid::BIGINT = $2",
                row => row.GetInt64(0),
                (long)(uint)(key >> 32),
                (long)(uint)key),
            patience.Token) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }
}
