using System.Data.Common;
using MetricsHub.Storage.Ledger;

namespace MetricsHub.Storage.Postgres;

/// <summary>
/// Reads every second how far the ledger has come: other processes write to it, and what was answered before is then no longer current.
/// And sees to the locks; where this hub had the ledger to itself and another one took it while the connection was broken, this one ends.
/// </summary>
internal sealed partial class LedgerWatch(
    SqlLedger ledger, PostgresLocks locks, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<LedgerWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ledger.RefreshAsync(cancellationToken);
            if (await locks.HasLostAsync(IProcessLocks.Observations, cancellationToken))
            {
                LogTakenOver();
                lifetime.StopApplication();
            }

            if (away)
            {
                LogBack();
            }

            away = false;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            // Once, not every second. Kept answers end by themselves within seconds.
            if (!away)
            {
                LogAway(exception);
            }

            away = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger does not answer")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Another hub has taken over the ledger; this one ends")]
    private partial void LogTakenOver();

    [LoggerMessage(Level = LogLevel.Information, Message = "The ledger answers again")]
    private partial void LogBack();
}
