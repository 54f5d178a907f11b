using DuckDB.NET.Data;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// Statements in a DuckDB file. What arrives is appended as it comes; closed months are sorted and rolled up by
/// <see cref="CompactAsync"/>, which changes no answer; the newest statement of every series is kept in memory.
/// </summary>
internal sealed partial class DuckDbObservationStore : IObservationStore
{
    private readonly DuckDbFile file;
    private readonly ILogger<DuckDbObservationStore> logger;
    private readonly TimeProvider time;

    // Made anew when the file was opened again, while nobody reads or writes.
    private volatile StoreMemory memory;
    private volatile ReleaseAppender appender;

    public DuckDbObservationStore(DuckDbFile file, TimeProvider time, ILogger<DuckDbObservationStore> logger)
    {
        this.file = file;
        this.logger = logger;
        this.time = time;
        memory = file.ReadNow(MemoryLoader.Load);
        appender = new ReleaseAppender(memory, time);
        file.WhenReopened(Load);
    }

    public long Version
    {
        get
        {
            var known = memory;
            lock (known.Gate)
            {
                return known.Version;
            }
        }
    }

    public Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        file.WriteAsync(
            connection => appender.Write(connection, release, statements), _ => appender.Committed(), alone: false, cancellationToken);

    public Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => new StatementReader(View(connection, query.Selection, query.AsOf), query).Read(connection), cancellationToken);

    public Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => new StepReader(View(connection, query.Selection, query.AsOf), query).Read(connection), cancellationToken);

    public Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RecordedStatement>>(FromMemory(selection, static (newest, series) => newest.ToStatement(series)));

    public Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesExtent>>(FromMemory(selection, static (newest, series) => newest.ToExtent(series)));

    /// <summary>
    /// Compacts the months that end at or before an instant and hold statements which are not compacted; each in a transaction of its
    /// own, so that a stop between two leaves nothing half done. Returns how many statements were moved.
    /// </summary>
    public async Task<long> CompactAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var moved = 0L;
        foreach (var month in MonthsToCompact(before))
        {
            var count = await file.WriteAsync(
                connection => Compactor.Compact(connection, month, memory.Version),
                _ =>
                {
                    lock (memory.Gate)
                    {
                        memory.Months.Compacted(month.Start);
                    }
                },
                alone: true,
                cancellationToken);
            moved += count;
            Log.Compacted(logger, month.Start, count);
        }

        if (moved > 0)
        {
            await file.CheckpointAsync(cancellationToken);
        }

        return moved;
    }

    private void Load(DuckDBConnection connection)
    {
        memory = MemoryLoader.Load(connection);
        appender = new ReleaseAppender(memory, time);
    }

    private Domain.Time.Period[] MonthsToCompact(DateTimeOffset before)
    {
        var known = memory;
        lock (known.Gate)
        {
            return [.. known.Months.WithRecentStatements.Where(month => month.End <= before)];
        }
    }

    private StoreView View(DuckDBConnection connection, SeriesSelection selection, DateTimeOffset? asOf)
    {
        lock (memory.Gate)
        {
            if (asOf is null || asOf >= memory.LastRecordedAt)
            {
                return new StoreView(memory, selection, version: null);
            }
        }

        var version = connection.QueryFirst(
            $"SELECT coalesce(max(release_id), 0) FROM release WHERE recorded_at <= {StatementSql.Timestamp(asOf.Value)}",
            row => row.GetInt32(0));
        return new StoreView(memory, selection, version);
    }

    private T[] FromMemory<T>(SeriesSelection selection, Func<NewestStatement, SeriesKey, T> make)
    {
        var known = memory;
        lock (known.Gate)
        {
            var ids = known.Series.Select(selection);
            var found = new T[ids.Length];
            for (var index = 0; index < ids.Length; index++)
            {
                found[index] = make(known.Newest[ids[index]], known.Series[ids[index]]);
            }

            return found;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4010, Level = LogLevel.Information, Message = "Month from {Start:u}: {Count} statements compacted")]
        public static partial void Compacted(ILogger logger, DateTimeOffset start, long count);
    }
}
