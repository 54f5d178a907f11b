using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests.Storage.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>The contract that every ledger is held to, on a real PostgreSQL; and what several processes on one ledger may rely on.</summary>
public sealed class PostgresLedgerTests(PostgresFixture postgres) : LedgerContract, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SourceKey Source = new("monthly");

    private readonly List<PostgresDatabase> databases = [];
    private PostgresSettings? settings;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => databases.ForEach(database => database.Dispose());

    [Fact]
    public async Task Write_ManyAtOnceByTwoProcesses_GivesEveryPublicationOnceAndVersionsWithoutGap()
    {
        ILedger[] ledgers = [OpenNew(), Another(), Another()];

        // Every publication is registered by all three at the same time.
        await Parallel.ForEachAsync(Enumerable.Range(0, 90), Cancellation, async (number, token) =>
            await ledgers[number % 3].RegisterPublicationAsync(New(number / 3), token));

        var ledger = Another();
        var publications = await ledger.ListPublicationsAsync(Source, null, 100, Cancellation);
        Assert.Equal(30, publications.Count);
        Assert.Equal(30, publications.Select(publication => publication.Release.Arrival).Distinct().Count());
        Assert.Equal(30, ledger.Version);
    }

    [Fact]
    public async Task Version_AfterAnotherProcessWrote_GrowsWithTheNextLook()
    {
        var (ours, theirs) = ((SqlLedger)OpenNew(), (SqlLedger)Another());
        await theirs.RegisterPublicationAsync(New(1), Cancellation);
        Assert.Equal(0, ours.Version);

        await ours.RefreshAsync(Cancellation);

        Assert.Equal(theirs.Version, ours.Version);
    }

    /// <summary>What a kept answer is held to: within moments it is no longer current.</summary>
    [Fact]
    public async Task Watch_AnotherProcessWrote_NoticesByItself()
    {
        var (ours, theirs, lifetime) = ((SqlLedger)OpenNew(), Another(), new Lifetime());
        await using var locks = new PostgresLocks(databases[0], NullLogger<PostgresLocks>.Instance);
        await using var alone = await locks.TryTakeAsync(IProcessLocks.Observations, Cancellation);
        using var watch = new LedgerWatch(ours, locks, lifetime, TimeProvider.System, NullLogger<LedgerWatch>.Instance);
        await watch.StartAsync(Cancellation);

        await theirs.RegisterPublicationAsync(New(1), Cancellation);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (ours.Version < theirs.Version)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }

        await watch.StopAsync(Cancellation);
        Assert.False(lifetime.Stopped.Task.IsCompleted);
    }

    [Fact]
    public async Task Watch_AnotherHubTookTheLedger_EndsThisOne()
    {
        var (ours, lifetime) = ((SqlLedger)OpenNew(), new Lifetime());
        await using var locks = new PostgresLocks(databases[0], NullLogger<PostgresLocks>.Instance);
        using var watch = new LedgerWatch(ours, locks, lifetime, TimeProvider.System, NullLogger<LedgerWatch>.Instance);

        await using var alone = await locks.TryTakeAsync(IProcessLocks.Observations, Cancellation);
        await watch.StartAsync(Cancellation);
        await using var theirs = new PostgresLocks(databases[0], NullLogger<PostgresLocks>.Instance);
        IAsyncDisposable? taken = null;
        while (taken is null)
        {
            await EndLockConnectionsAsync();
            taken = await theirs.TryTakeAsync(IProcessLocks.Observations, Cancellation);
        }

        await lifetime.Stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await watch.StopAsync(Cancellation);
    }

    /// <summary>Breaks the connection that holds the lock, as a network does.</summary>
    private Task<List<bool>> EndLockConnectionsAsync()
    {
        var key = databases[0].KeyOf(IProcessLocks.Observations);
        return databases[0].RunAsync(
            connection => connection.Query(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::BIGINT = $1 AND objid::BIGINT = $2",
                row => row.GetBoolean(0),
                (long)(uint)(key >> 32),
                (long)(uint)key),
            Cancellation);
    }

    private protected override ILedger OpenNew()
    {
        settings = postgres.NewSchema();
        return Another();
    }

    private protected override ILedger Reopen() => Another();

    /// <summary>The same ledger, as another process has it.</summary>
    private SqlLedger Another()
    {
        databases.Add(PostgresFixture.Open(settings!));
        return new SqlLedger(new PostgresLedgerDatabase(databases[^1]));
    }

    private static NewPublication New(int number) =>
        new(Source, PublicationId.Of([(byte)number]), "https://example.org/a.csv", "a.csv", null, null, 0, Noon, 42);

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => Stopped.TrySetResult();
    }
}
