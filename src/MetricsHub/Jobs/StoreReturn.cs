using System.Data.Common;
using Hangfire;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Jobs;

/// <summary>
/// Has everything stored that waits, as soon as a store that was away is back: it would else wait for its source's next run, which may be a
/// day off.
/// </summary>
internal sealed partial class StoreReturn(
    IEnumerable<IStoreWatch> watches, ILedger ledger, HubCatalogue catalogue, IBackgroundJobClient jobs, TimeProvider clock, ILogger<StoreReturn> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<IStoreWatch, int> served = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (watches.Any() && await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var watch in watches)
            {
                await LookAsync(watch, stoppingToken);
            }
        }
    }

    private async Task LookAsync(IStoreWatch watch, CancellationToken cancellationToken)
    {
        var timesAway = watch.TimesAway;
        if (timesAway == served.GetValueOrDefault(watch))
        {
            return;
        }

        try
        {
            await watch.CheckAsync(cancellationToken);
            foreach (var (source, count) in (await ledger.CountWaitingAsync(cancellationToken)).Where(entry => catalogue.Sources.ContainsKey(entry.Key)))
            {
                jobs.Enqueue<ReplayJob>(job => job.RunAsync(source.ToString(), CancellationToken.None));
                LogStoring(source, count);
            }

            served[watch] = timesAway;
        }
        catch (Exception exception) when (exception is StoreException or DbException or TimeoutException or BackgroundJobClientException)
        {
            // It, or the ledger that knows what waits: the next look may find both.
            LogStillAway(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The store is still away")]
    private partial void LogStillAway(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: the store is back; {Count} publication(s) that waited are stored")]
    private partial void LogStoring(SourceKey source, int count);
}
