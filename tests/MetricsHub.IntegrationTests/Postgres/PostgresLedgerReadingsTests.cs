using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests.Storage.Ledger;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>The contract that every ledger's readings are held to, on a real PostgreSQL.</summary>
public sealed class PostgresLedgerReadingsTests(PostgresFixture postgres) : LedgerReadingsContract, IDisposable
{
    private readonly List<PostgresDatabase> databases = [];
    private PostgresSettings? settings;

    public void Dispose() => databases.ForEach(database => database.Dispose());

    private protected override ILedger OpenNew()
    {
        settings = postgres.NewSchema();
        return Reopen();
    }

    private protected override ILedger Reopen()
    {
        databases.Add(PostgresFixture.Open(settings!));
        return new SqlLedger(new PostgresLedgerDatabase(databases[^1]));
    }
}
