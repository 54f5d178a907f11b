using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Statements in InfluxDB 1 or 2: all of them in <c>history</c>, which is only ever added to, and the current ones in <c>current</c>. Any number
/// of processes append to one database, one after the other. The newest statement of every series is kept in memory, so that it is there while
/// InfluxDB is away. It is loaded when it is first needed, so that the hub can start, and collect, without InfluxDB.
/// </summary>
internal sealed class InfluxObservationStore : IObservationStore, IStoreWatch, IDisposable
{
    /// <summary>The turn to change the database.</summary>
    private const string Turn = "append";

    /// <summary>Who is overtaken so often has other troubles.</summary>
    private const int MostAttempts = 5;

    private readonly InfluxClient client;
    private readonly InfluxServer server;
    private readonly IProcessLocks locks;
    private readonly InfluxMemory memory = new();
    private readonly StatementReader reader;
    private readonly StepReader steps;
    private readonly MemoryFollower follower;
    private readonly ReleaseFinisher finisher;
    private readonly MemoryLoader loader;
    private readonly ReleaseWriter writer;
    private readonly SemaphoreSlim writing = new(1, 1);
    private volatile bool isLoaded;

    public InfluxObservationStore(
        InfluxClient client, InfluxServer server, IReleaseClock clock, IProcessLocks locks, TimeProvider time, ILogger<ReleaseFinisher> logger)
    {
        this.client = client;
        this.server = server;
        this.locks = locks;
        var releases = new ReleaseLog(client);
        var stillness = new Stillness(clock);
        var source = new StatementSource(client, releases, stillness);
        var history = new HistoryReader(source, releases);
        reader = new StatementReader(source, releases);
        steps = new StepReader(client, source, stillness);
        follower = new MemoryFollower(releases, source, history, reader, clock, memory);
        finisher = new ReleaseFinisher(client, releases, source, history, clock, time, logger);
        loader = new MemoryLoader(client, releases, finisher, history, reader, clock);
        writer = new ReleaseWriter(client, releases, source, history, follower, clock, memory, time);
    }

    public long Version
    {
        get
        {
            lock (memory.Gate)
            {
                return memory.Version;
            }
        }
    }

    public DateTimeOffset? AwaySince => client.Availability.AwaySince;

    public int TimesAway => client.Availability.TimesAway;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await server.CheckAsync(cancellationToken);
            await LoadAsync(cancellationToken);
        }
        catch (StoreException exception)
        {
            client.Availability.Failed(exception.Message);
            throw;
        }
    }

    /// <summary>Checks the server and reads what is kept in memory, once; later calls do nothing.</summary>
    /// <exception cref="InfluxException">InfluxDB is not as the hub needs it.</exception>
    /// <exception cref="InfluxAwayException">InfluxDB does not answer.</exception>
    public Task LoadAsync(CancellationToken cancellationToken) =>
        isLoaded ? Task.CompletedTask : InTurnAsync(() => Task.FromResult(true), cancellationToken);

    public Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        InTurnAsync(() => writer.AppendAsync(release, statements, cancellationToken), cancellationToken);

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await follower.FollowAsync(cancellationToken);
    }

    /// <summary>What has to be done from time to time: follows, and finishes what a process has left that does not append any more.</summary>
    public async Task KeepUpAsync(CancellationToken cancellationToken)
    {
        if (isLoaded && !(await follower.FollowAsync(cancellationToken)).IsFinished)
        {
            await InTurnAsync(() => Task.FromResult(true), cancellationToken);
        }
    }

    public async Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return await reader.ReadAsync(memory.SightOf(query.Selection, query.AsOf), query, cancellationToken);
    }

    public async Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return await steps.ReadAsync(memory.SightOf(query.Selection, query.AsOf), query, cancellationToken);
    }

    public async Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return memory.Select(selection, newest => newest.Statement);
    }

    public async Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return memory.Select(selection, newest => new SeriesExtent(newest.Statement.Series, newest.FirstStart, newest.Statement.Period.End));
    }

    public void Dispose()
    {
        writing.Dispose();
        follower.Dispose();
    }

    /// <summary>Does what one process at a time may do, when all that was left is finished and known.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await using var turn = await locks.TakeInOrderAsync(Turn, cancellationToken);
                try
                {
                    await SettleAsync(cancellationToken);
                    return await work();
                }
                catch (OvertakenException) when (attempt < MostAttempts)
                {
                    // The turn had ended before the work did: it begins anew.
                }
            }
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (isLoaded)
        {
            await finisher.FinishAsync(cancellationToken);
            await follower.FollowAsync(cancellationToken);
            return;
        }

        await server.CheckAsync(cancellationToken);
        await loader.LoadAsync(memory, cancellationToken);
        isLoaded = true;
    }
}
