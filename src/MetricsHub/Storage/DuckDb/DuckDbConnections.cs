using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace MetricsHub.Storage.DuckDb;

/// <summary>One opening of a database file: the connection that writes, and those that read.</summary>
internal sealed class DuckDbConnections : IDisposable
{
    private readonly ConcurrentBag<DuckDBConnection> idleReaders = [];

    private DuckDbConnections(DuckDBConnection writer) => Writer = writer;

    public DuckDBConnection Writer { get; }

    /// <param name="prepare">What is done before anyone else uses it.</param>
    /// <exception cref="DuckDbFileException">Another process has it open, or it cannot be read.</exception>
    public static DuckDbConnections Open(DuckDbSettings settings, Action<DuckDBConnection> prepare)
    {
        var connections = new DuckDbConnections(new DuckDBConnection(DuckDbOpening.ConnectionString(settings)));
        try
        {
            connections.Writer.Open();
            prepare(connections.Writer);
            for (var index = 0; index < settings.ThreadCount; index++)
            {
                var reader = new DuckDBConnection(connections.Writer.ConnectionString);
                connections.idleReaders.Add(reader);
                reader.Open();
            }

            return connections;
        }
        catch (Exception error)
        {
            connections.Dispose();
            if (error is DuckDBException opening)
            {
                throw DuckDbOpening.Explain(settings.Path, opening);
            }

            throw;
        }
    }

    /// <summary>On a connection that nobody else reads with meanwhile; there has to be one.</summary>
    public T Read<T>(Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
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

    /// <summary>Runs work that a cancelled token interrupts.</summary>
    public static T Interruptible<T>(DuckDBConnection connection, Func<DuckDBConnection, T> work, CancellationToken cancellationToken)
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

    public void Dispose()
    {
        foreach (var reader in idleReaders)
        {
            reader.Dispose();
        }

        Writer.Dispose();
    }
}
