using System.Collections.Concurrent;
using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// One open database file: one connection that writes, and a bounded number that read. DuckDB.NET works on the caller's thread even in
/// its asynchronous methods, so all work is moved off it here, and a cancelled call interrupts the query that runs for it.
/// </summary>
internal sealed partial class DuckDbFile : IDisposable
{
    // DuckDB.NET shares one database between all connections of a process, so that its own lock does not see a second opening here.
    private static readonly ConcurrentDictionary<string, byte> OpenPaths = new(StringComparer.Ordinal);

    private readonly DuckDbSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim reading;
    private volatile DuckDbConnections? connections;
    private bool disposed;

    private DuckDbFile(DuckDbSettings settings, TimeProvider time, ILogger logger)
    {
        this.settings = settings;
        this.time = time;
        this.logger = logger;
        reading = new SemaphoreSlim(settings.ThreadCount, settings.ThreadCount);
        connections = DuckDbConnections.Open(settings, Prepare);
    }

    private DuckDbConnections Opened => connections ?? throw new DiskException($"{settings.Path} could not be opened again.", inner: null);

    /// <exception cref="DuckDbFileException">Another process has it open, or it cannot be read.</exception>
    public static DuckDbFile Open(DuckDbSettings settings, TimeProvider time, ILogger<DuckDbFile> logger)
    {
        settings = settings with { Path = Path.GetFullPath(settings.Path) };
        Directory.CreateDirectory(Path.GetDirectoryName(settings.Path)!);
        if (!OpenPaths.TryAdd(settings.Path, 0))
        {
            throw DuckDbOpening.InUse(settings.Path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        try
        {
            return new DuckDbFile(settings, time, logger);
        }
        catch
        {
            OpenPaths.TryRemove(settings.Path, out _);
            throw;
        }
    }

    /// <summary>Runs on the calling thread: for what has to be known before the hub can start.</summary>
    public T ReadNow<T>(Func<DuckDBConnection, T> work) => work(Opened.Writer);

    /// <exception cref="DiskException">The disk fails, and the file cannot be opened again.</exception>
    public async Task<T> ReadAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        var opening = connections;
        if (opening is null)
        {
            CheckDisk();
        }
        else
        {
            try
            {
                return await ReadOnceAsync(work, cancellationToken);
            }
            catch (DuckDBException error) when (DuckDbOpening.IsGivenUp(error))
            {
                LogGivenUp(settings.Path, error);
            }
        }

        await writing.WaitAsync(cancellationToken);
        try
        {
            await ReopenAsync(opening, cancellationToken);
        }
        finally
        {
            writing.Release();
        }

        return await ReadOnceAsync(work, cancellationToken);
    }

    /// <summary>Runs work in one transaction and commits it.</summary>
    /// <param name="committed">What follows the commit before anyone else writes: the place to change what is kept in memory.</param>
    /// <param name="alone">Whether nobody may read between the start of the commit and the end of what follows it.</param>
    /// <exception cref="DiskException">The disk fails or is full.</exception>
    public Task<T> WriteAsync<T>(
        Func<DuckDBConnection, T> work, Action<T> committed, bool alone, CancellationToken cancellationToken) => AsWriterAsync(
        writer => alone
            ? WriteAloneAsync(writer, work, committed, cancellationToken)
            : Task.Run(() => Write(writer, work, committed, cancellationToken), cancellationToken),
        cancellationToken);

    /// <summary>A connection of the caller's own, beside the writer and the readers: for what takes long and must keep nobody waiting.</summary>
    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(Opened.Writer.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Copies everything, as of one instant, to a new file; whoever writes meanwhile need not wait. Runs on the calling thread.</summary>
    /// <param name="path">In the folder of this file.</param>
    public void CopyTo(string path, CancellationToken cancellationToken)
    {
        Open(settings with { Path = path }, TimeProvider.System, NullLogger<DuckDbFile>.Instance).Dispose();
        using var connection = Connect();
        DuckDbConnections.Interruptible(connection, DuckDbCopy.To(path), cancellationToken);
    }

    /// <exception cref="DiskException">The disk fails or is full.</exception>
    public Task CheckpointAsync(CancellationToken cancellationToken) =>
        AsWriterAsync(writer => Task.Run(() => writer.Execute("CHECKPOINT"), cancellationToken), cancellationToken);

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        try
        {
            connections?.Writer.Execute("CHECKPOINT");
        }
        catch (DuckDBException error)
        {
            // Nothing is lost: the log is replayed at the next start.
            LogCheckpointFailed(settings.Path, error);
        }

        connections?.Dispose();
        reading.Dispose();
        writing.Dispose();
        OpenPaths.TryRemove(settings.Path, out _);
    }

    private void Prepare(DuckDBConnection connection)
    {
        connection.Execute($"SET checkpoint_threshold = '{settings.CheckpointThreshold}'");
        var now = time.GetUtcNow();
        var applied = MigrationRunner.Apply(connection, "DuckDb", Migration.Embedded("DuckDb"), now)
            + MigrationRunner.Apply(connection, "Ledger", Migration.Embedded("Ledger"), now);
        if (applied > 0)
        {
            // A log that holds changes of the schema is the kind that DuckDB has failed to replay.
            connection.Execute("CHECKPOINT");
            LogMigrated(settings.Path, applied);
        }

        DuckDbOpening.Harden(connection, settings);
    }

    private async Task<T> ReadOnceAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Opened.Read(work, cancellationToken), cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    // A commit is not interrupted: whoever asked for it could not know how it ended.
    private static T Write<T>(DuckDBConnection writer, Func<DuckDBConnection, T> work, Action<T> committed, CancellationToken cancellationToken)
    {
        using var transaction = writer.BeginTransaction();
        var result = DuckDbConnections.Interruptible(writer, work, cancellationToken);
        transaction.Commit();
        committed(result);
        return result;
    }

    private async Task<T> WriteAloneAsync<T>(DuckDBConnection writer, Func<DuckDBConnection, T> work, Action<T> committed, CancellationToken cancellationToken)
    {
        using var transaction = writer.BeginTransaction();
        var result = await Task.Run(() => DuckDbConnections.Interruptible(writer, work, cancellationToken), cancellationToken);
        await AloneAsync(
            async () =>
            {
                await Task.Run(transaction.Commit, CancellationToken.None);
                committed(result);
            },
            cancellationToken);
        return result;
    }

    /// <summary>While nobody reads.</summary>
    private async Task AloneAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var held = 0;
        try
        {
            for (; held < settings.ThreadCount; held++)
            {
                await reading.WaitAsync(cancellationToken);
            }

            await work();
        }
        finally
        {
            if (held > 0)
            {
                reading.Release(held);
            }
        }
    }

    [LoggerMessage(EventId = 4000, Level = LogLevel.Information, Message = "{Path}: {Count} migrations applied")]
    private partial void LogMigrated(string path, int count);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "{Path}: no checkpoint at the end; the next start replays the log")]
    private partial void LogCheckpointFailed(string path, Exception error);
}
