using System.Globalization;
using DuckDB.NET.Data;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static MetricsHub.Tests.Storage.StorageSamples;

namespace MetricsHub.Tests.Storage.DuckDb;

public sealed class DuckDbObservationStoreTests : ObservationStoreContract, IDisposable
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
    public async Task Compact_ClosedMonths_MovesThemOnce()
    {
        var store = (DuckDbObservationStore)OpenNew();
        await store.AppendAsync(Release("a", arrival: 1), [Hour(0, 1), Hour(1, 2), Hour(24 * 5, 3)], Cancellation);
        await store.AppendAsync(Release("b", arrival: 2), [Hour(0, 4)], Cancellation);
        var april = LondonCalendar.Month(2026, 4);

        Assert.Equal(0, await store.CompactAsync(april.Start.AddTicks(-1), Cancellation));
        Assert.Equal(3, await store.CompactAsync(april.Start, Cancellation));
        Assert.Equal(0, await store.CompactAsync(april.Start, Cancellation));

        Assert.Equal(1, Count("statement_recent"));
        Assert.Equal(2, Count("statement_current"));
        Assert.Equal(1, Count("statement_superseded"));
        Assert.Equal(2, Count("rollup_hour"));
        Assert.Equal(1, Count("rollup_day"));
    }

    [Fact]
    public async Task Compact_Restarted_GoesOnWhereItStopped()
    {
        await OpenNew().AppendAsync(Release("a", arrival: 1), [Hour(0, 1)], Cancellation);
        var store = (DuckDbObservationStore)Reopen();

        Assert.Equal(1, await store.CompactAsync(Start.AddDays(60), Cancellation));
        store = (DuckDbObservationStore)Reopen();
        Assert.Equal(0, await store.CompactAsync(Start.AddDays(60), Cancellation));
        await store.AppendAsync(Release("b", arrival: 2), [Hour(0, 4)], Cancellation);
        Assert.Equal(1, await ((DuckDbObservationStore)Reopen()).CompactAsync(Start.AddDays(60), Cancellation));
    }

    [Fact]
    public async Task Open_DataFromBeforeThereWereReplays_HasItAsTheReadingOnArrival()
    {
        // What an older program wrote: its schema, and a release without a number of replays.
        using (var old = new DuckDBConnection($"Data Source={folder.PathOf("1.duckdb")}"))
        {
            old.Open();
            MigrationRunner.Apply(old, "DuckDb", [Migration.Embedded("DuckDb")[0]], Start);
            MigrationRunner.Apply(old, "Ledger", [Migration.Embedded("Ledger")[0]], Start);
            old.Execute($"INSERT INTO series VALUES (1, 'beds', 'RTP')");
            old.Execute($"INSERT INTO release VALUES (1, '{Release("a").Publication}', 'some-source', 1, NULL, 0, 1, TIMESTAMP '2026-11-22 08:00:00', NULL)");
            old.Execute("INSERT INTO statement_recent VALUES (1, TIMESTAMP '2026-03-28 00:00:00', TIMESTAMP '2026-03-28 01:00:00', 1, NULL, 1, 1)");
        }

        var store = OpenNew();

        Assert.Equal(1, Number(Assert.Single(await store.LatestAsync(SeriesSelection.All, Cancellation))));
        Assert.False((await store.AppendAsync(Release("a"), [Hour(0, 1)], Cancellation)).Changed);
        Assert.True((await store.AppendAsync(Release("a", replay: 1), [Hour(0, 2)], Cancellation)).Changed);
        Assert.Equal(2, Number(Assert.Single(await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation))));
    }

    [Fact]
    public async Task Read_WhileReleasesAreAppendedAndCompacted_SeesWholeReleases()
    {
        var store = (DuckDbObservationStore)OpenNew();
        await AppendAsync(1);
        var writing = Task.Run(WriteAsync, Cancellation);

        while (!writing.IsCompleted)
        {
            var statements = await store.ReadAsync(new StatementQuery(SeriesSelection.All), Cancellation);
            var days = await store.AggregateAsync(new AggregateQuery(SeriesSelection.All, Start, Start.AddDays(9), Step.Day), Cancellation);

            Assert.Equal(72, statements.Count);
            Assert.Single(statements.Select(Number).Distinct());
            Assert.Equal(72, days.Sum(day => day.Count));
            Assert.All(days, day => Assert.Equal(days[0].Minimum, day.Maximum));
        }

        await writing;

        Task AppendAsync(int number) => store.AppendAsync(
            Release($"{number}", arrival: number), [.. Enumerable.Range(0, 72).Select(hour => Hour(hour, number))], Cancellation);

        async Task WriteAsync()
        {
            for (var number = 2; number <= 30; number++)
            {
                await AppendAsync(number);
                await (number % 3 == 0 ? store.CompactAsync(Start.AddDays(60), Cancellation) : Task.CompletedTask);
            }
        }
    }

    private protected override IObservationStore OpenNew()
    {
        files++;
        return Reopen();
    }

    private protected override IObservationStore Reopen()
    {
        file?.Dispose();
        var settings = new DuckDbSettings(folder.PathOf(files.ToString(CultureInfo.InvariantCulture) + ".duckdb"));
        file = DuckDbFile.Open(settings, Time, NullLogger<DuckDbFile>.Instance);
        return new DuckDbObservationStore(file, Time, NullLogger<DuckDbObservationStore>.Instance);
    }

    private protected override Task MaintainAsync(IObservationStore store, DateTimeOffset before) =>
        ((DuckDbObservationStore)store).CompactAsync(before, Cancellation);

    private long Count(string table) =>
        file!.ReadNow(connection => connection.QueryFirst($"SELECT count(*) FROM {table}", row => row.GetInt64(0)));
}
