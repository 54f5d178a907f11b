using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// Statements in InfluxDB 1 or 2: all of them in <c>history</c>, which is only ever added to, and the current ones in <c>current</c>. The
/// newest statement of every series is kept in memory, so that it is there while InfluxDB is away. It is loaded when it is first needed, so
/// that the hub can start, and collect, without InfluxDB.
/// </summary>
internal sealed class InfluxObservationStore : IObservationStore, IStoreWatch, IDisposable
{
    private readonly InfluxClient client;
    private readonly InfluxServer server;
    private readonly InfluxMemory memory = new();
    private readonly ReleaseLog releases;
    private readonly StatementSource source;
    private readonly StatementReader reader;
    private readonly StepReader steps;
    private readonly ReleaseWriter writer;
    private readonly SemaphoreSlim writing = new(1, 1);
    private volatile bool isLoaded;

    public InfluxObservationStore(InfluxClient client, InfluxServer server, TimeProvider time)
    {
        this.client = client;
        this.server = server;
        releases = new ReleaseLog(client);
        source = new StatementSource(client, releases);
        reader = new StatementReader(source, releases);
        steps = new StepReader(client, source);
        writer = new ReleaseWriter(client, releases, source, reader, memory, time);
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
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (isLoaded)
        {
            return;
        }

        await writing.WaitAsync(cancellationToken);
        try
        {
            await LoadAloneAsync(cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await LoadAloneAsync(cancellationToken);
            return await writer.AppendAsync(release, statements, cancellationToken);
        }
        finally
        {
            writing.Release();
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

    public void Dispose() => writing.Dispose();

    private async Task LoadAloneAsync(CancellationToken cancellationToken)
    {
        if (!isLoaded)
        {
            await server.CheckAsync(cancellationToken);
            await new MemoryLoader(client, releases, reader, writer).LoadAsync(memory, cancellationToken);
            isLoaded = true;
        }
    }
}
