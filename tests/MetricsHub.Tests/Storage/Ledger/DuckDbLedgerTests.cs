using System.Globalization;
using DuckDB.NET.Data;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Storage.Ledger;

public sealed class DuckDbLedgerTests : LedgerContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private DuckDbFile? file;
    private int files;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        file?.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Open_DataFromBeforeThereWereReplays_CanBeReplayed()
    {
        using (var old = new DuckDBConnection($"Data Source={folder.PathOf("1.duckdb")}"))
        {
            old.Open();
            MigrationRunner.Apply(old, "DuckDb", [Migration.Embedded("DuckDb")[0]], DateTimeOffset.UnixEpoch);
            MigrationRunner.Apply(old, "Ledger", [Migration.Embedded("Ledger")[0]], DateTimeOffset.UnixEpoch);
            old.Execute(
                """
                INSERT INTO publication VALUES (nextval('publication_arrival'), 'monthly', $1, 'a', 'a.csv', NULL, NULL, 0, now()::TIMESTAMP, 42, 'stored',
                    1, NULL, 1, 1, 0, 0, 0, 0, 2, 1, 0, 1, 0, NULL, NULL, now()::TIMESTAMP)
                """,
                PublicationId.Of([1]).ToString());
            old.Execute("INSERT INTO rejection VALUES (1, 1, 3, 'Beds', 'not a number', 'x')");
        }

        var ledger = OpenNew();

        Assert.Empty(await ledger.ListUnfinishedPublicationsAsync(new SourceKey("monthly"), 1, Cancellation));
        Assert.Equal(
            new Rejection(3, "Beds", "not a number", "x"),
            Assert.Single(await ledger.ListRejectionsAsync(null, null, null, 10, Cancellation)).Rejection);
        var asked = Assert.Single(await ledger.AskForReplayAsync(new SourceKey("monthly"), [PublicationId.Of([1])], DateTimeOffset.UnixEpoch, "local", Cancellation));
        Assert.Equal((new Reading(1, 0), 1), (asked.Reading, asked.ReplaysAsked));
    }

    private protected override ILedger OpenNew()
    {
        files++;
        return Reopen();
    }

    private protected override ILedger Reopen()
    {
        file?.Dispose();
        var settings = new DuckDbSettings(folder.PathOf(files.ToString(CultureInfo.InvariantCulture) + ".duckdb"));
        file = DuckDbFile.Open(settings, TimeProvider.System, NullLogger<DuckDbFile>.Instance);
        return new SqlLedger(new DuckDbLedgerDatabase(file));
    }
}
