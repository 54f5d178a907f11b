using System.Data.Common;

namespace MetricsHub.Storage.Influx;

/// <summary>Has the store take in every second what other processes have appended, and finish what one of them has left.</summary>
internal sealed partial class StoreFollower(InfluxObservationStore store, TimeProvider clock, ILogger<StoreFollower> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.KeepUpAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StoreException or DbException or TimeoutException)
            {
                // That InfluxDB or the ledger is away has been said once, where it was noticed.
                LogNotFollowed(exception);
            }
        }
    }

    [LoggerMessage(EventId = 4130, Level = LogLevel.Debug, Message = "What other processes have stored could not be looked up")]
    private partial void LogNotFollowed(Exception exception);
}
