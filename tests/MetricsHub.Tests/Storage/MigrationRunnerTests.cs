using DuckDB.NET.Data;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Storage;

public sealed class MigrationRunnerTests : IDisposable
{
    private static readonly Migration First = new(1, "0001-first", "CREATE TABLE a (x INTEGER);");
    private static readonly Migration Second = new(2, "0002-second", "CREATE TABLE b (x INTEGER); INSERT INTO b VALUES (1);");

    private readonly DuckDBConnection connection = new("Data Source=:memory:");

    public MigrationRunnerTests() => connection.Open();

    public void Dispose() => connection.Dispose();

    [Fact]
    public void Apply_SomeAlreadyApplied_AppliesTheOthers()
    {
        Assert.Equal(1, Apply(First));
        Assert.Equal(1, Apply(First, Second));
        Assert.Equal(0, Apply(First, Second));
        Assert.Equal(1, connection.QueryFirst("SELECT x FROM b", row => row.GetInt32(0)));
    }

    [Fact]
    public void Apply_LineEndsDiffer_IsNoChange()
    {
        Apply(First with { Sql = "CREATE TABLE a (\nx INTEGER);" });

        Assert.Equal(0, Apply(First with { Sql = "CREATE TABLE a (\r\nx INTEGER);" }));
    }

    [Fact]
    public void Apply_ChangedSinceItWasApplied_Throws()
    {
        Apply(First);

        var error = Assert.Throws<InvalidOperationException>(() => Apply(First with { Sql = "CREATE TABLE a (y INTEGER);" }));

        Assert.Equal("Migration Part/0001-first was changed after it had been applied; add a new one instead.", error.Message);
    }

    [Fact]
    public void Apply_DatabaseOfANewerProgram_Throws()
    {
        Apply(First, Second);

        var error = Assert.Throws<InvalidOperationException>(() => Apply(First));

        Assert.Equal("The database has migration Part/0002-second, which this program does not know: it is older than its data.", error.Message);
    }

    [Fact]
    public void Apply_OneFails_LeavesNothingOfIt()
    {
        Assert.ThrowsAny<DuckDBException>(() => Apply(First, Second with { Sql = "CREATE TABLE b (x INTEGER); SELECT * FROM missing;" }));

        Assert.Equal(1, Apply(First, Second));
    }

    /// <summary>A hub that has collected before: what its runs could not read is not known, and taken for nothing.</summary>
    [Fact]
    public void Apply_ToALedgerThatHasRuns_KeepsThem()
    {
        var ledger = Migration.Embedded("Ledger");
        Apply(ledger[0]);
        connection.Execute("INSERT INTO run (run_id, source, started_at, outcome, offered, stored, refused) VALUES (7, 'monthly', TIMESTAMP '2026-11-22', 'partial', 3, 2, 1)");

        Assert.Equal(ledger.Count - 1, Apply([.. ledger]));

        Assert.Equal((7, 0), connection.QueryFirst("SELECT run_id, locations_unread FROM run", row => (row.GetInt64(0), row.GetInt32(1))));
        Assert.Equal(1, connection.Execute("UPDATE run SET locations_unread = 2, finished_at = TIMESTAMP '2026-11-23' WHERE run_id = 7"));
    }

    private int Apply(params Migration[] migrations) => MigrationRunner.Apply(connection, "Part", migrations, DateTimeOffset.UnixEpoch);
}
