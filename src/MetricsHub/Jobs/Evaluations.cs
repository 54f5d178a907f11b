using Hangfire;

namespace MetricsHub.Jobs;

/// <summary>
/// Wakes evaluation when something has been stored: at once, and where more is stored within a second, once more when it is over. What is due
/// stands in the ledger: a wake-up that is lost delays it, no more.
/// </summary>
internal sealed partial class Evaluations(IBackgroundJobClient jobs, TimeProvider clock, ILogger<Evaluations> logger) : IDisposable
{
    public const string Queue = "evaluate";

    /// <summary>Whoever pushes figure by figure has them evaluated together, and does not wait for each of these runs.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long? wokenAt;
    private ITimer? next;

    public void Wake()
    {
        lock (gate)
        {
            if (next is not null)
            {
                return;
            }

            if (wokenAt is { } last && Apart - clock.GetElapsedTime(last) is { Ticks: > 0 } wait)
            {
                next = clock.CreateTimer(_ => WakeAgain(), state: null, wait, Timeout.InfiniteTimeSpan);
                return;
            }

            wokenAt = clock.GetTimestamp();
        }

        Enqueue();
    }

    public void Dispose()
    {
        lock (gate)
        {
            next?.Dispose();
        }
    }

    private void WakeAgain()
    {
        lock (gate)
        {
            next?.Dispose();
            next = null;
            wokenAt = clock.GetTimestamp();
        }

        try
        {
            Enqueue();
        }
        catch (BackgroundJobClientException exception)
        {
            // Nobody waits for this one, and the job runs every minute anyway.
            LogLost(exception);
        }
    }

    private void Enqueue() => jobs.Enqueue<EvaluateJob>(Queue, job => job.RunAsync(CancellationToken.None));

    [LoggerMessage(EventId = 6020, Level = LogLevel.Warning, Message = "Evaluation could not be woken; it runs by its schedule")]
    private partial void LogLost(Exception exception);
}
