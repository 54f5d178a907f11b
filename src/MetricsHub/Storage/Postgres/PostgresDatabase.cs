using System.Data.Common;
using Npgsql;

namespace MetricsHub.Storage.Postgres;

/// <summary>
/// One PostgreSQL database, shared by all processes that use its schema. Work runs off the caller's thread; a statement that is under way
/// when its caller gives up is left to end.
/// </summary>
internal sealed class PostgresDatabase : IDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim running = new(Runs, Runs);
    private readonly long writeLock;

    // One connection writes, one holds locks.
    private const int Runs = PostgresSettings.MaximumConnections - 4;

    private PostgresDatabase(NpgsqlDataSource source, PostgresSettings settings)
    {
        this.source = source;
        Settings = settings;
        writeLock = KeyOf("write");
    }

    public PostgresSettings Settings { get; }

    /// <summary>Looks at the server and brings the schema up to this program.</summary>
    /// <exception cref="PostgresDatabaseException">It does not answer, does not let the hub in, or may not be relied on.</exception>
    public static PostgresDatabase Open(PostgresSettings settings, TimeProvider time, ILogger<PostgresDatabase> logger)
    {
        var database = new PostgresDatabase(NpgsqlDataSource.Create(settings.ForStores()), settings);
        try
        {
            using var connection = database.source.OpenConnection();
            PostgresOpening.Prepare(connection, settings, database.writeLock, time, logger);
            return database;
        }
        catch (Exception error)
        {
            database.Dispose();
            if (error is DbException failure)
            {
                throw PostgresOpening.Explain(settings, failure);
            }

            throw;
        }
    }

    /// <summary>Runs on the calling thread: for what has to be known before the hub can start.</summary>
    public T ReadNow<T>(Func<NpgsqlConnection, T> work)
    {
        using var connection = source.OpenConnection();
        return work(connection);
    }

    /// <summary>On a connection of its own, beside the writer.</summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, T> work, CancellationToken cancellationToken)
    {
        await running.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => ReadNow(work), cancellationToken);
        }
        finally
        {
            running.Release();
        }
    }

    /// <summary>
    /// In one transaction, alone among the writers of all processes: so nothing changes between a look and a write, and what is committed
    /// later has the larger numbers.
    /// </summary>
    /// <param name="committed">Runs after the commit, before the next writer of this process.</param>
    public async Task<T> WriteAsync<T>(Func<NpgsqlConnection, T> work, Action<T> committed, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Write(work, committed), cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>A connection of the caller's own.</summary>
    public NpgsqlConnection Connect() => source.OpenConnection();

    /// <summary>A connection of the caller's own.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => source.OpenConnectionAsync(cancellationToken);

    /// <summary>The number of a lock that all processes on this schema, and no others, know by a name.</summary>
    public long KeyOf(string name) => PostgresOpening.LockKey(Settings.Schema, name);

    public void Dispose()
    {
        source.Dispose();
        writing.Dispose();
        running.Dispose();
    }

    private T Write<T>(Func<NpgsqlConnection, T> work, Action<T> committed)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock($1)", writeLock);
        var result = work(connection);
        transaction.Commit();
        committed(result);
        return result;
    }
}
