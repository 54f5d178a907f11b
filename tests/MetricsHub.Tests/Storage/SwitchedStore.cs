using MetricsHub.Domain.Observations;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Storage;

/// <summary>A real store that a test can take away.</summary>
internal sealed class SwitchedStore(IObservationStore store) : IObservationStore
{
    public bool IsAway { get; set; }

    public long Version => store.Version;

    public Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
        Present.AppendAsync(release, statements, cancellationToken);

    public Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken) => Present.ReadAsync(query, cancellationToken);

    /// <summary>Known from memory, also while it is away.</summary>
    public Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken) => store.LatestAsync(selection, cancellationToken);

    public Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) => Present.AggregateAsync(query, cancellationToken);

    public Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) => store.ListSeriesAsync(selection, cancellationToken);

    private IObservationStore Present => IsAway ? throw new StoreException("The store is away.") : store;
}
