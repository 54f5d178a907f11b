using MetricsHub.Domain.Observations;
using MetricsHub.IntegrationTests.Influx;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage;
using MetricsHub.Storage.Influx;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests.Storage;
using Xunit;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>
/// The contract that every observation store is held to, where two processes append in turn to one real InfluxDB with a ledger on a real
/// PostgreSQL, and whichever did not append last is asked.
/// </summary>
public sealed class SharedObservationStoreTests(InfluxFixture influx, PostgresFixture postgres) : ObservationStoreContract, IClassFixture<InfluxFixture>, IAsyncDisposable
{
    private readonly List<StoreProcess> processes = [];
    private InfluxAccess? access;
    private PostgresSettings? settings;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    private protected override IObservationStore OpenNew()
    {
        (access, settings) = (influx.NewDatabase(), postgres.NewSchema());
        return Reopen();
    }

    private protected override IObservationStore Reopen() => new Pair(Start(), Start());

    private InfluxObservationStore Start()
    {
        processes.Add(new StoreProcess(access!, settings!, Time));
        return processes[^1].Store;
    }

    private sealed class Pair(IObservationStore first, IObservationStore second) : IObservationStore
    {
        private IObservationStore writes = first;
        private IObservationStore reads = second;

        public long Version => reads.Version;

        public async Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
        {
            (writes, reads) = (reads, writes);
            try
            {
                return await writes.AppendAsync(release, statements, cancellationToken);
            }
            finally
            {
                await reads.FollowAsync(CancellationToken.None);
            }
        }

        public async Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken) => await (await ReadsAsync()).ReadAsync(query, cancellationToken);

        public async Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken) => await (await ReadsAsync()).LatestAsync(selection, cancellationToken);

        public async Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) => await (await ReadsAsync()).AggregateAsync(query, cancellationToken);

        public async Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) => await (await ReadsAsync()).ListSeriesAsync(selection, cancellationToken);

        private async Task<IObservationStore> ReadsAsync()
        {
            await reads.FollowAsync(CancellationToken.None);
            return reads;
        }
    }
}
