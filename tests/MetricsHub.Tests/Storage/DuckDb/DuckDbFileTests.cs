using System.Globalization;
using DuckDB.NET.Data;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MetricsHub.Tests.Storage.DuckDb;

public sealed class DuckDbFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string FilePath => folder.PathOf("hub.duckdb");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_AlreadyOpen_NamesTheFileAndTheProcess()
    {
        using var first = Open();

        var error = Assert.Throws<DuckDbFileException>(Open);

        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{FilePath} is in use by process {Environment.ProcessId}; one hub per data folder."),
            error.Message);
    }

    [Fact]
    public void Open_FolderMissing_CreatesIt()
    {
        var path = Path.Combine(folder.PathOf("deep"), "er", "hub.duckdb");

        using var file = DuckDbFile.Open(new DuckDbSettings(path), TimeProvider.System, NullLogger<DuckDbFile>.Instance);

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Open_LogCannotBeReplayed_NamesIt()
    {
        var damaged = folder.PathOf("damaged.duckdb");
        using (var file = Open())
        {
            for (var number = 1; number <= 20; number++)
            {
                await file.WriteAsync(connection => connection.Execute("INSERT INTO series VALUES ($1, 'beds', 'RTP')", number), _ => { }, alone: false, Cancellation);
            }

            Copy(FilePath, damaged);
            Copy(FilePath + ".wal", damaged + ".wal", damagedAt: 0.5);
        }

        var error = Assert.Throws<DuckDbFileException>(
            () => DuckDbFile.Open(new DuckDbSettings(damaged), TimeProvider.System, NullLogger<DuckDbFile>.Instance));

        Assert.StartsWith($"{damaged} cannot be opened with its write-ahead log {damaged}.wal: ", error.Message, StringComparison.Ordinal);
        Assert.True(new FileInfo(damaged + ".wal").Length > 0);
    }

    [Fact]
    public void Open_NotADatabase_SaysSo()
    {
        File.WriteAllText(FilePath, new string('x', 20_000));

        Assert.StartsWith($"{FilePath} cannot be opened: ", Assert.Throws<DuckDbFileException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Again_AppliesNoMigrationTwice()
    {
        Open().Dispose();
        using var file = Open();

        var applied = file.ReadNow(connection => connection.Query("SELECT part || ' ' || name FROM migration ORDER BY 1", row => row.GetString(0)));

        Assert.Equal(
            [
                "DuckDb 0001-observations", "DuckDb 0002-replays", "Ledger 0001-ledger", "Ledger 0002-replays", "Ledger 0003-run-locations",
                "Ledger 0004-reference", "Ledger 0005-pushes", "Ledger 0006-readings", "Ledger 0007-rules", "Ledger 0008-declarations",
                "Ledger 0009-keys", "Ledger 0010-processes", "Ledger 0011-action-seals", "Ledger 0012-retention",
            ],
            applied);
    }

    [Fact]
    public void Dispose_AfterWriting_LeavesNoLog()
    {
        Open().Dispose();

        Assert.False(File.Exists(FilePath + ".wal"));
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("COPY (SELECT 1) TO '/tmp/metricshub-escape.csv'")]
    [InlineData("ATTACH '/tmp/metricshub-escape.duckdb'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET memory_limit = '90GB'")]
    public async Task Read_ReachesOutOfTheDataFolder_IsRefused(string sql)
    {
        using var file = Open();

        await Assert.ThrowsAsync<DuckDBException>(() => file.ReadAsync(connection => connection.Execute(sql), Cancellation));
    }

    [Fact]
    public async Task Read_Cancelled_InterruptsTheQueryAndFreesTheConnection()
    {
        using var file = Open();
        using var cancel = new CancellationTokenSource();
        using var started = new SemaphoreSlim(0);
        var endless = file.ReadAsync(
            connection =>
            {
                started.Release();
                return connection.Execute("SELECT count(*) FROM range(100000000000) a, range(1000000) b");
            },
            cancel.Token);
        await started.WaitAsync(Cancellation);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Equal(1, await file.ReadAsync(connection => connection.QueryFirst("SELECT 1", row => row.GetInt32(0)), Cancellation));
    }

    [Fact]
    public async Task Read_CancelledJustBeforeTheQueryStarts_IsInterruptedAllTheSame()
    {
        using var file = Open();
        using var cancel = new CancellationTokenSource();

        var endless = file.ReadAsync(
            connection =>
            {
                cancel.Cancel();
                return connection.Execute("SELECT count(*) FROM range(100000000000) a, range(1000000) b");
            },
            cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        Assert.Equal(1, await file.ReadAsync(connection => connection.QueryFirst("SELECT 1", row => row.GetInt32(0)), Cancellation));
    }

    [Fact]
    public async Task Write_WorkThrows_RollsBackAndLeavesTheWriterFree()
    {
        using var file = Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => file.WriteAsync<int>(
            connection =>
            {
                connection.Execute("INSERT INTO series VALUES (1, 'beds', 'RTP')");
                throw new InvalidOperationException("no");
            },
            _ => { },
            alone: false,
            Cancellation));

        var count = await file.WriteAsync(
            connection => connection.QueryFirst("SELECT count(*) FROM series", row => row.GetInt64(0)), _ => { }, alone: true, Cancellation);
        Assert.Equal(0, count);
    }

    private static void Copy(string from, string to, double? damagedAt = null)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        if (damagedAt is { } share)
        {
            bytes[(int)(bytes.Length * share)] ^= 0xFF;
        }

        File.WriteAllBytes(to, bytes);
    }

    private DuckDbFile Open() => DuckDbFile.Open(new DuckDbSettings(FilePath), TimeProvider.System, NullLogger<DuckDbFile>.Instance);
}
