using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>Several processes on one ledger, each with connections of its own: who may do what is decided in PostgreSQL.</summary>
public sealed class SourceTurnsTests(PostgresFixture postgres) : IAsyncDisposable
{
    private static readonly SourceKey Source = new("nhs-england-ae-monthly");

    private readonly Stack<object> opened = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        while (opened.TryPop(out var one))
        {
            if (one is IAsyncDisposable slow)
            {
                await slow.DisposeAsync();
            }
            else
            {
                ((IDisposable)one).Dispose();
            }
        }
    }

    [Fact]
    public async Task TryStartRun_ByManyAtOnce_IsGivenToOne()
    {
        var settings = await postgres.NewSchemaAsync();
        SourceTurns[] processes = [Process(settings), Process(settings), Process(settings)];

        var runs = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => processes[number % 3].TryStartRunAsync(Source, Cancellation)));

        var run = Assert.Single(runs, run => run is not null)!;
        Assert.NotNull(await processes[0].TryStartRunAsync(new SourceKey("another"), Cancellation));
        await run.DisposeAsync();
        Assert.NotNull(await processes[1].TryStartRunAsync(Source, Cancellation));
        Assert.Null(await processes[2].TryStartRunAsync(Source, Cancellation));
    }

    [Fact]
    public async Task TryStartRun_InAnotherSchema_IsNotConcerned()
    {
        await using var run = await Process(await postgres.NewSchemaAsync()).TryStartRunAsync(Source, Cancellation);

        Assert.NotNull(await Process(await postgres.NewSchemaAsync()).TryStartRunAsync(Source, Cancellation));
    }

    [Fact]
    public async Task Take_HeldByAnotherProcess_WaitsUntilThatIsDone()
    {
        var settings = await postgres.NewSchemaAsync();
        var (ours, theirs) = (Process(settings), Process(settings));
        var held = await theirs.TakeAsync(Source, Cancellation);

        var waiting = ours.TakeAsync(Source, Cancellation);
        using var noPatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => theirs.TakeAsync(Source, noPatience.Token));
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();

        await (await waiting).DisposeAsync();
        await (await theirs.TakeAsync(Source, Cancellation)).DisposeAsync();
    }

    /// <summary>What PostgreSQL sees of a process that is killed: its connections end.</summary>
    [Fact]
    public async Task Locks_OfAConnectionThatEnds_AreFreeAtOnceAndTakenAgainWhereNobodyElseHas()
    {
        var settings = await postgres.NewSchemaAsync();
        var (ours, theirs) = (Process(settings), Process(settings));
        var first = await ours.TryStartRunAsync(Source, Cancellation);
        var second = await ours.TryStartRunAsync(new SourceKey("second"), Cancellation);
        using var database = PostgresFixture.Open(settings);
        await EndLockConnectionAsync(database);

        await using var taken = await theirs.TryStartRunAsync(Source, Cancellation);
        Assert.NotNull(taken);

        // With the next lock that is asked for the process connects anew, and takes what is still free.
        Assert.NotNull(await ours.TryStartRunAsync(new SourceKey("third"), Cancellation));
        Assert.Null(await theirs.TryStartRunAsync(new SourceKey("second"), Cancellation));
        await first!.DisposeAsync();
        await second!.DisposeAsync();
        Assert.NotNull(await theirs.TryStartRunAsync(new SourceKey("second"), Cancellation));
    }

    /// <summary>Each with observations of its own, for what keeps these serves one process at a time.</summary>
    [Fact]
    public async Task Collect_TwoWorkersRacingForEverySource_CollectEachPublicationOnce()
    {
        var settings = await postgres.NewSchemaAsync();
        ServiceProvider[] workers = [Worker(settings), Worker(settings)];
        var sources = workers[0].GetRequiredService<HubCatalogue>().Sources.Keys.ToList();

        var stored = 0;
        var dropped = 0;
        await Parallel.ForEachAsync(sources.SelectMany(source => workers, (source, worker) => (source, worker)), Cancellation, async (race, token) =>
        {
            try
            {
                var result = await race.worker.GetRequiredService<Collector>().CollectAsync(race.source, token);
                Interlocked.Add(ref stored, result.Stored);
            }
            catch (RunUnderWayException)
            {
                Interlocked.Increment(ref dropped);
            }
        });

        var ledger = workers[0].GetRequiredService<ILedger>();
        var publications = await ledger.ListPublicationsAsync(null, null, 1000, Cancellation);
        Assert.Equal(CollectedHub.Samples, publications.Count);
        Assert.All(publications, publication => Assert.Equal(PublicationState.Stored, publication.State));
        Assert.Equal(CollectedHub.Samples, stored);
        Assert.Equal(CollectedHub.Samples, await ReleasesAsync(workers[0]) + await ReleasesAsync(workers[1]));
        var runs = 0;
        foreach (var source in sources)
        {
            var ofSource = (await ledger.ListRunsAsync(source, 10, Cancellation)).OrderBy(run => run.StartedAt).ToList();
            runs += ofSource.Count;
            Assert.All(ofSource.Zip(ofSource.Skip(1)), pair => Assert.True(pair.First.FinishedAt <= pair.Second.StartedAt));
        }

        Assert.Equal(2 * sources.Count, runs + dropped);
    }

    private static Task<long> ReleasesAsync(ServiceProvider worker) => worker.GetRequiredService<MetricsHub.Storage.DuckDb.DuckDbFile>().ReadAsync(
        connection => connection.QueryFirst("SELECT count(*) FROM release", row => row.GetInt64(0)), Cancellation);

    // Other tests hold locks of their own at the same time.
    private static async Task EndLockConnectionAsync(PostgresDatabase database)
    {
        var key = database.KeyOf($"collect:{Source}");
        var ended = await database.RunAsync(
            connection => connection.Query(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::BIGINT = $1 AND objid::BIGINT = $2",
                row => row.GetBoolean(0),
                (long)(uint)(key >> 32),
                (long)(uint)key),
            Cancellation);
        Assert.Equal([true], ended);
    }

    private SourceTurns Process(PostgresSettings settings)
    {
        var database = PostgresFixture.Open(settings);
        var locks = new PostgresLocks(database, NullLogger<PostgresLocks>.Instance);
        opened.Push(database);
        opened.Push(locks);
        return new SourceTurns(new ProcessTurns(locks, TimeProvider.System));
    }

    private ServiceProvider Worker(PostgresSettings settings)
    {
        var data = new TemporaryFolder();
        opened.Push(data);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:DataFolder"] = data.Path,
            ["Storage:Ledger"] = "postgres",
            ["Postgres:ConnectionString"] = settings.ConnectionString,
            ["Postgres:Schema"] = settings.Schema,
        }).Build();
        var worker = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddCatalogue(configuration)
            .AddStorage(configuration)
            .AddCollection(configuration)
            .BuildServiceProvider();
        opened.Push(worker);
        return worker;
    }
}
