using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Telemetry;

/// <summary>Looks every few seconds how the hub stands, for gauges that are asked at once and cannot wait for a store.</summary>
internal sealed partial class StandingWatch(
    HubCatalogue catalogue,
    IObservationStore store,
    ILedger ledger,
    SourceStatusReader sources,
    EvaluationBasis basis,
    CollectionMeter collection,
    TimeProvider clock,
    ILogger<StandingWatch> logger) : BackgroundService
{
    /// <summary>No rarer than Prometheus asks, by its own habit every 15 seconds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // Longer than any of the stores takes: what does not answer by then is told as unread.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    // Costs a store nothing, and only one that works answers it.
    private static readonly SeriesSelection Nothing = new(new HashSet<MetricKey>(), new HashSet<OrganisationCode>());

    private readonly HashSet<string> unread = [];

    /// <summary>Null before the first look.</summary>
    public Standing? Last { get; private set; }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        Last = new Standing(
            now,
            await ReadAsync("observations", () => store.LatestAsync(Nothing, either.Token), cancellationToken) is not null,
            await ReadAsync("runs", () => ledger.ReadStandingsAsync(asOf: null, either.Token), cancellationToken),
            await ReadAsync("waiting", () => ledger.CountWaitingAsync(either.Token), cancellationToken),
            await ReadAsync("sources", () => sources.ReadAsync(either.Token), cancellationToken),
            await ReadAsync("evaluation", () => ReadFrameworksAsync(now, either.Token), cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        collection.Begin(catalogue.Sources.Values);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<FrameworkStanding>> ReadFrameworksAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var standing = await EvaluationStanding.ReadAsync(catalogue, basis, ledger, cancellationToken);
        return [.. catalogue.Frameworks.Select(framework => standing.StandingOf(framework, now))];
    }

    /// <summary>Whatever goes wrong with one part leaves the others alone; it is told in the metrics, and once in the log.</summary>
    private async Task<T?> ReadAsync<T>(string part, Func<Task<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var found = await read();
            unread.Remove(part);
            return found;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (unread.Add(part))
            {
                LogUnread(exception, part);
            }

            return null;
        }
    }

    [LoggerMessage(EventId = 8000, Level = LogLevel.Warning, Message = "How the hub stands could not be read ({Part}); its metrics are left out until it can")]
    private partial void LogUnread(Exception exception, string part);
}
