using MetricsHub.Storage;
using MetricsHub.Storage.Postgres;
using Npgsql;
using Xunit;

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>What the operator is told about a PostgreSQL that cannot be used.</summary>
public sealed class PostgresOpeningTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Open_NobodyListens_SaysSo()
    {
        var settings = await postgres.NewSchemaAsync();

        AssertRefused(settings with { ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Port = 1 }.ConnectionString }, "does not answer");
    }

    [Fact]
    public async Task Open_WrongPassword_SaysSoWithoutRepeatingIt()
    {
        var settings = await postgres.NewSchemaAsync();

        var message = AssertRefused(
            settings with { ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Password = "hunter2" }.ConnectionString }, "does not let this user in");

        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NoSuchDatabase_SaysSo()
    {
        var settings = await postgres.NewSchemaAsync();

        AssertRefused(settings with { ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "nowhere" }.ConnectionString }, "no such database");
    }

    [Fact]
    public async Task Open_UserWithoutRights_SaysWhichItNeeds()
    {
        var settings = await postgres.NewSchemaAsync();
        var user = settings.Schema;
        await using (var source = NpgsqlDataSource.Create(settings.ConnectionString))
        await using (var create = source.CreateCommand($"CREATE ROLE {user} LOGIN PASSWORD 'x'"))
        {
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        AssertRefused(
            settings with { ConnectionString = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Username = user, Password = "x" }.ConnectionString }, "GRANT CREATE");
    }

    [Fact]
    public async Task Open_SeveralAtOnce_MigratesOnce()
    {
        var settings = await postgres.NewSchemaAsync();

        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresFixture.Open(settings))));

        Assert.Equal(
            Migration.Embedded("Ledger").Count + Migration.Embedded("Postgres").Count,
            databases[0].ReadNow(connection => connection.QueryFirst("SELECT count(*) FROM migration", row => row.GetInt64(0))));
        Array.ForEach(databases, database => database.Dispose());
    }

    [Fact]
    public async Task Session_OfTheStores_CommitsToTheDisk()
    {
        using var database = PostgresFixture.Open(await postgres.NewSchemaAsync());

        var setting = database.ReadNow(connection => connection.QueryFirst("SELECT current_setting('synchronous_commit')", row => row.GetString(0)));

        Assert.Equal("on", setting);
    }

    private static string AssertRefused(PostgresSettings settings, string reason)
    {
        var message = Assert.Throws<PostgresDatabaseException>(() => PostgresFixture.Open(settings)).Message;
        Assert.StartsWith($"PostgreSQL at {settings} cannot be used: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        return message;
    }
}
