using System.Collections.Concurrent;
using System.Globalization;
using MetricsHub.IntegrationTests.Postgres;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace MetricsHub.IntegrationTests.Postgres;

/// <summary>
/// The PostgreSQL that tests run against, each in a schema of its own: a real server of Debian's package, started when the first test
/// needs it, or the one that METRICSHUB_TEST_POSTGRES names by a connection string whose user may create schemas.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly ConcurrentBag<string> schemas = [];
    private readonly Lazy<Task<PostgresProcess>> process = new(PostgresProcess.StartNewAsync);
    private readonly string? given = Environment.GetEnvironmentVariable("METRICSHUB_TEST_POSTGRES");

    /// <summary>The way to a schema that does not exist yet.</summary>
    internal async Task<PostgresSettings> NewSchemaAsync()
    {
        var schema = "metricshub_" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        schemas.Add(schema);
        return new PostgresSettings(given is { Length: > 0 } ? given : (await process.Value).ConnectionString, schema);
    }

    /// <summary>For what cannot wait.</summary>
    internal PostgresSettings NewSchema() => Task.Run(NewSchemaAsync).GetAwaiter().GetResult();

    internal static PostgresDatabase Open(PostgresSettings settings) =>
        PostgresDatabase.Open(settings, TimeProvider.System, NullLogger<PostgresDatabase>.Instance);

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (given is { Length: > 0 })
        {
            await using var source = NpgsqlDataSource.Create(given);
            foreach (var schema in schemas)
            {
                await using var drop = source.CreateCommand($"DROP SCHEMA IF EXISTS {schema} CASCADE; DROP SCHEMA IF EXISTS {schema}_jobs CASCADE");
                await drop.ExecuteNonQueryAsync();
            }
        }

        if (process.IsValueCreated)
        {
            await (await process.Value).DisposeAsync();
        }
    }
}
