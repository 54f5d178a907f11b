using MetricsHub.Domain.Reference;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Files;
using MetricsHub.Storage.Influx;
using MetricsHub.Storage.Ledger;
using MetricsHub.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MetricsHub.Storage;

internal static class StorageSetup
{
    /// <summary>
    /// The embedded stores: observations and ledger in one DuckDB file, which is opened when the first of them is asked for. Where the
    /// configuration says so the observations are in InfluxDB instead.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(OpenFile);
        services.AddSingleton<DuckDbObservationStore>();
        if (configuration.KeepsObservationsInInflux())
        {
            services.AddInfluxObservations(configuration);
        }
        else
        {
            services.AddSingleton<IObservationStore>(provider => provider.GetRequiredService<DuckDbObservationStore>());
        }

        if (configuration.KeepsLedgerInPostgres())
        {
            services.AddPostgresLedger(configuration);
        }
        else
        {
            services.AddSingleton<ILedgerDatabase, DuckDbLedgerDatabase>();
            services.AddSingleton<IProcessLocks, NoOtherProcess>();
            services.AddSingleton<IArchiveStore>(provider =>
                new ArchiveFolder(Path.Combine(provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder, "archive")));
        }

        services.AddSingleton<ProcessTurns>();
        services.AddSingleton<IReleaseClock, SqlReleaseClock>();
        services.AddSingleton<SqlLedger>();
        services.AddSingleton<ILedger>(provider => provider.GetRequiredService<SqlLedger>());
        services.AddSingleton<Func<CollectedReference>>(provider => () => provider.GetRequiredService<ILedger>().ReadReference());
        return services;
    }

    public static bool KeepsObservationsInInflux(this IConfiguration configuration) =>
        configuration.GetSection(StorageOptions.SectionName)[nameof(StorageOptions.Observations)] == StorageOptions.Influx;

    /// <summary>Whether ledger, archive and job queue are in PostgreSQL.</summary>
    public static bool KeepsLedgerInPostgres(this IConfiguration configuration) =>
        configuration.GetSection(StorageOptions.SectionName)[nameof(StorageOptions.Ledger)] == StorageOptions.Postgres;

    private static DuckDbFile OpenFile(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        return DuckDbFile.Open(
            new DuckDbSettings(Path.Combine(options.DataFolder, "metricshub.duckdb"), options.MemoryLimit),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DuckDbFile>>());
    }
}
