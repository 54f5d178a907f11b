using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace MetricsHub.Storage.Postgres;

/// <summary>
/// An advisory lock on a connection of its own, which PostgreSQL hands on in the order of asking. It ends with the connection: when its holder
/// gives it back, ends, or stands still for longer than <see cref="PostgresSettings.StandsStill"/>.
/// </summary>
internal sealed partial class PostgresTurn(NpgsqlConnection connection, long key, ILogger logger) : IAsyncDisposable
{
    public static async Task<PostgresTurn> TakeAsync(PostgresDatabase database, string name, ILogger logger, CancellationToken cancellationToken)
    {
        var turn = new PostgresTurn(await database.ConnectAsync(cancellationToken), database.KeyOf(name), logger);
        try
        {
            // Whoever waits here waits for as long as it takes: the one before may have a year of figures to store.
            await turn.RunAsync($"SET lock_timeout = 0; SET statement_timeout = 0; {PostgresSettings.EndsWhereItsHolderStandsStill}", cancellationToken);
            await turn.RunAsync($"SELECT pg_advisory_lock({turn.Key})", cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    private string Key => key.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Asked for by name it would be a warning where the wait was given up.
            await RunAsync("SELECT pg_advisory_unlock_all()", CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // With the connection the lock is gone too.
            LogNotGivenBack(exception);
        }

        await connection.DisposeAsync();
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 4230, Level = LogLevel.Warning, Message = "The connection to PostgreSQL broke, and with it a turn ended")]
    private partial void LogNotGivenBack(Exception exception);
}
