using System.Data;
using System.Data.Common;
using Npgsql;

namespace MetricsHub.Storage.Postgres;

/// <summary>
/// Advisory locks of PostgreSQL, all on one connection of this process: PostgreSQL frees them as soon as that connection ends, also when
/// the process is killed. Where the connection is lost and the process lives, the locks are taken again as soon as there is a new one; in
/// between another process may get one, which is why whatever is done under a lock can be done twice without harm.
/// </summary>
internal sealed partial class PostgresLocks(PostgresDatabase database, ILogger<PostgresLocks> logger) : IProcessLocks, IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<string, Hold> held = [];
    private readonly HashSet<string> lost = [];
    private NpgsqlConnection? connection;

    public Task<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken cancellationToken) => TryHoldAsync(name, Hold.Alone, cancellationToken);

    public Task<IAsyncDisposable?> TryShareAsync(string name, CancellationToken cancellationToken) => TryHoldAsync(name, Hold.Shared, cancellationToken);

    public async Task<IAsyncDisposable> TakeInOrderAsync(string name, CancellationToken cancellationToken) =>
        await PostgresTurn.TakeAsync(database, name, logger, cancellationToken);

    /// <summary>Sees to the connection, and looks whether another process has taken a lock meanwhile that this one took and did not give back.</summary>
    public async Task<bool> HasLostAsync(string name, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await ConnectAsync(cancellationToken);
            return lost.Contains(name);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        turn.Dispose();
    }

    private async Task<IAsyncDisposable?> TryHoldAsync(string name, Hold hold, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await ConnectAsync(cancellationToken);
            if (!await HoldAsync(name, hold, cancellationToken))
            {
                return null;
            }

            held.Add(name, hold);
            lost.Remove(name);
            return new Held(this, name);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (connection is not null)
        {
            if (await AnswersAsync(connection, cancellationToken))
            {
                return;
            }

            await connection.DisposeAsync();
        }

        connection = await database.ConnectAsync(cancellationToken);
        await using (var command = connection.Command(PostgresSettings.EndsWhereItsHolderStandsStill))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        foreach (var (name, hold) in held.ToList())
        {
            if (!await HoldAsync(name, hold, cancellationToken))
            {
                held.Remove(name);
                lost.Add(name);
                LogLost(name);
            }
        }
    }

    // Only use shows that a connection is broken.
    private static async Task<bool> AnswersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = connection.Command("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<bool> HoldAsync(string name, Hold hold, CancellationToken cancellationToken)
    {
        await using var command = connection!.Command(hold == Hold.Alone ? "SELECT pg_try_advisory_lock($1)" : "SELECT pg_try_advisory_lock_shared($1)", database.KeyOf(name));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async ValueTask GiveBackAsync(string name)
    {
        await turn.WaitAsync();
        try
        {
            if (held.Remove(name, out var hold) && connection is { State: ConnectionState.Open })
            {
                await using var command = connection.Command(hold == Hold.Alone ? "SELECT pg_advisory_unlock($1)" : "SELECT pg_advisory_unlock_shared($1)", database.KeyOf(name));
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (DbException exception)
        {
            // With the connection the lock is gone too.
            LogNotGivenBack(name, exception);
        }
        finally
        {
            turn.Release();
        }
    }

    [LoggerMessage(EventId = 4210, Level = LogLevel.Error, Message = "The connection to PostgreSQL broke, and another process has taken the lock {Name} meanwhile")]
    private partial void LogLost(string name);

    [LoggerMessage(EventId = 4211, Level = LogLevel.Warning, Message = "The connection to PostgreSQL broke, and with it the lock {Name} ended")]
    private partial void LogNotGivenBack(string name, Exception exception);

    private enum Hold
    {
        Alone,
        Shared,
    }

    private sealed class Held(PostgresLocks locks, string name) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => locks.GiveBackAsync(name);
    }
}
