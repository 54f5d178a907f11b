using DuckDB.NET.Data;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// Interrupts whatever a connection runs once a token is cancelled, again and again until the work has ended: DuckDB forgets an
/// interrupt that comes just before a query starts, and the query would then run to its end.
/// </summary>
internal sealed class QueryInterrupter : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly DuckDBCommand command;
    private readonly ITimer timer;
    private readonly CancellationTokenRegistration registration;
    private bool ended;

    public QueryInterrupter(DuckDBConnection connection, CancellationToken cancellationToken)
    {
        command = connection.CreateCommand();
        timer = TimeProvider.System.CreateTimer(_ => Interrupt(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        registration = cancellationToken.Register(() => timer.Change(TimeSpan.Zero, Again));
    }

    /// <summary>After it nothing is interrupted any more, so that the connection's next query is safe.</summary>
    public void Dispose()
    {
        registration.Dispose();
        lock (gate)
        {
            ended = true;
        }

        timer.Dispose();
        command.Dispose();
    }

    private void Interrupt()
    {
        lock (gate)
        {
            if (!ended)
            {
                command.Cancel();
            }
        }
    }
}
