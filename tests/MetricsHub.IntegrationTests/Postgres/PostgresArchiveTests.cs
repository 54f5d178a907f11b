using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.Postgres;
using MetricsHub.Tests.Storage;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>The contract that every archive is held to, on a real PostgreSQL.</summary>
public sealed class PostgresArchiveTests(PostgresFixture postgres) : ArchiveStoreContract, IDisposable
{
    private readonly List<PostgresDatabase> databases = [];
    private PostgresSettings? settings;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => databases.ForEach(database => database.Dispose());

    [Theory]
    [InlineData("UPDATE archived_part SET content = '\\x0102ff'")]
    [InlineData("UPDATE archived_part SET content = '\\x010203040506'")]
    [InlineData("DELETE FROM archived_part")]
    public async Task Read_BytesThatWereChangedBehindItsBack_Throws(string change)
    {
        var archive = OpenNew();
        var id = PublicationId.Of([1]);
        await archive.WriteAsync(id, new byte[] { 1, 2, 3 }, Cancellation);
        Assert.Equal(1, await databases[0].RunAsync(connection => connection.Execute(change), Cancellation));

        await Assert.ThrowsAsync<IOException>(() => archive.ReadAsync(id, Cancellation));
    }

    private protected override IArchiveStore OpenNew()
    {
        settings = postgres.NewSchema();
        return Reopen();
    }

    private protected override IArchiveStore Reopen()
    {
        databases.Add(PostgresFixture.Open(settings!));
        return new PostgresArchive(databases[^1]);
    }
}
