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
    private readonly ILogger logger;
    private readonly DuckDBConnection writer;
    private readonly ConcurrentBag<DuckDBConnection> idleReaders = [];
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim reading;
    private bool disposed;

    private DuckDbFile(DuckDbSettings settings, DuckDBConnection writer, ILogger logger)
    {
        this.settings = settings;
        this.writer = writer;
        this.logger = logger;
        reading = new SemaphoreSlim(settings.ThreadCount, settings.ThreadCount);
        for (var index = 0; index < settings.ThreadCount; index++)
        {
            var reader = new DuckDBConnection(writer.ConnectionString);
            reader.Open();
            idleReaders.Add(reader);
        }
    }

    /// <exception cref="DuckDbFileException">Another process has it open, or it cannot be read.</exception>
    public static DuckDbFile Open(DuckDbSettings settings, TimeProvider time, ILogger<DuckDbFile> logger)
    {
        settings = settings with { Path = Path.GetFullPath(settings.Path) };
        Directory.CreateDirectory(Path.GetDirectoryName(settings.Path)!);
        if (!OpenPaths.TryAdd(settings.Path, 0))
        {
            throw DuckDbOpening.InUse(settings.Path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        var connection = new DuckDBConnection(DuckDbOpening.ConnectionString(settings));
        try
        {
            connection.Open();
            Prepare(connection, settings, time, logger);
            return new DuckDbFile(settings, connection, logger);
        }
        catch (Exception error)
        {
            connection.Dispose();
            OpenPaths.TryRemove(settings.Path, out _);
            if (error is DuckDBException opening)
            {
                throw DuckDbOpening.Explain(settings.Path, opening);
            }

            throw;
        }
    }

    /// <summary>Runs on the calling thread: for what has to be known before the hub can start.</summary>
    public T ReadNow<T>(Func<DuckDBConnection, T> work) => work(writer);

    public async Task<T> ReadAsync<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => ReadOnIdle(work, cancellationToken), cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Runs work in one transaction and commits it.</summary>
    /// <param name="committed">What follows the commit before anyone else writes: the place to change what is kept in memory.</param>
    /// <param name="alone">Whether nobody may read between the start of the commit and the end of what follows it.</param>
    public async Task<T> WriteAsync<T>(
        Func<DuckDBConnection, T> work, Action<T> committed, bool alone, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return alone
                ? await WriteAloneAsync(work, committed, cancellationToken)
                : await Task.Run(() => Write(work, committed, cancellationToken), cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>A connection of the caller's own, beside the writer and the readers: for what takes long and must keep nobody waiting.</summary>
    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(writer.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Copies everything, as of one instant, to a new file; whoever writes meanwhile need not wait. Runs on the calling thread.</summary>
    /// <param name="path">In the folder of this file.</param>
    public void CopyTo(string path, CancellationToken cancellationToken)
    {
        Open(settings with { Path = path }, TimeProvider.System, NullLogger<DuckDbFile>.Instance).Dispose();
        using var connection = Connect();
        Interruptible(connection, DuckDbCopy.To(path), cancellationToken);
    }

    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => writer.Execute("CHECKPOINT"), cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        foreach (var reader in idleReaders)
        {
            reader.Dispose();
        }

        try
        {
            writer.Execute("CHECKPOINT");
        }
        catch (DuckDBException error)
        {
            // Nothing is lost: the log is replayed at the next start.
            Log.CheckpointFailed(logger, settings.Path, error);
        }

        writer.Dispose();
        reading.Dispose();
        writing.Dispose();
        OpenPaths.TryRemove(settings.Path, out _);
    }

    private static void Prepare(DuckDBConnection connection, DuckDbSettings settings, TimeProvider time, ILogger logger)
    {
        connection.Execute($"SET checkpoint_threshold = '{settings.CheckpointThreshold}'");
        var now = time.GetUtcNow();
        var applied = MigrationRunner.Apply(connection, "DuckDb", Migration.Embedded("DuckDb"), now)
            + MigrationRunner.Apply(connection, "Ledger", Migration.Embedded("Ledger"), now);
        if (applied > 0)
        {
            // A log that holds changes of the schema is the kind that DuckDB has failed to replay.
            connection.Execute("CHECKPOINT");
            Log.Migrated(logger, settings.Path, applied);
        }

        DuckDbOpening.Harden(connection, settings);
    }

    // A commit is not interrupted: whoever asked for it could not know how it ended.
    private T Write<T>(Func<DuckDBConnection, T> work, Action<T> committed, CancellationToken cancellationToken)
    {
        using var transaction = writer.BeginTransaction();
        var result = Interruptible(writer, work, cancellationToken);
        transaction.Commit();
        committed(result);
        return result;
    }

    private async Task<T> WriteAloneAsync<T>(Func<DuckDBConnection, T> work, Action<T> committed, CancellationToken cancellationToken)
    {
        using var transaction = writer.BeginTransaction();
        var result = await Task.Run(() => Interruptible(writer, work, cancellationToken), cancellationToken);
        var held = 0;
        try
        {
            for (; held < settings.ThreadCount; held++)
            {
                await reading.WaitAsync(cancellationToken);
            }

            await Task.Run(transaction.Commit, CancellationToken.None);
            committed(result);
            return result;
        }
        finally
        {
            if (held > 0)
            {
                reading.Release(held);
            }
        }
    }

    private static T Interruptible<T>(DuckDBConnection connection, Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        using var interrupter = new QueryInterrupter(connection, cancellationToken);
        try
        {
            return work(connection);
        }
        catch (DuckDBException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was interrupted.", error, cancellationToken);
        }
    }

    private T ReadOnIdle<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
    {
        if (!idleReaders.TryTake(out var connection))
        {
            throw new InvalidOperationException("There are more reads than connections for reading.");
        }

        try
        {
            return Interruptible(connection, work, cancellationToken);
        }
        finally
        {
            idleReaders.Add(connection);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4000, Level = LogLevel.Information, Message = "{Path}: {Count} migrations applied")]
        public static partial void Migrated(ILogger logger, string path, int count);

        [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "{Path}: no checkpoint at the end; the next start replays the log")]
        public static partial void CheckpointFailed(ILogger logger, string path, Exception error);
    }
}
