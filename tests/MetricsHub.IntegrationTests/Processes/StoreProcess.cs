using MetricsHub.IntegrationTests.Influx;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage.Influx;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>What one process has of its own where observations are in InfluxDB and the ledger is in PostgreSQL: connections, locks and a memory.</summary>
internal sealed class StoreProcess : IAsyncDisposable
{
    private readonly PostgresDatabase database;
    private readonly PostgresLocks locks;

    public StoreProcess(InfluxAccess access, PostgresSettings settings, TimeProvider time)
    {
        database = PostgresFixture.Open(settings);
        locks = new PostgresLocks(database, NullLogger<PostgresLocks>.Instance);
        Store = InfluxFixture.Store(InfluxFixture.Client(access), new SqlReleaseClock(new PostgresLedgerDatabase(database)), locks, time);
    }

    public InfluxObservationStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        await locks.DisposeAsync();
        database.Dispose();
    }
}
