using MetricsHub.Storage.Ledger;
using Microsoft.Extensions.Options;

namespace MetricsHub.Storage.Postgres;

internal static class PostgresSetup
{
    /// <summary>Ledger and archive in PostgreSQL.</summary>
    public static IServiceCollection AddPostgresLedger(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PostgresOptions>().Bind(configuration.GetSection(PostgresOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PostgresOptions>, PostgresOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PostgresOptions>>().Value.ToSettings());
        services.AddSingleton(provider => PostgresDatabase.Open(
            provider.GetRequiredService<PostgresSettings>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgresDatabase>>()));
        services.AddSingleton<ILedgerDatabase, PostgresLedgerDatabase>();
        services.AddSingleton<ILedgerCopying, PostgresLedgerCopying>();
        services.AddSingleton<IArchiveStore, PostgresArchive>();
        services.AddSingleton<PostgresLocks>();
        services.AddSingleton<IProcessLocks>(provider => provider.GetRequiredService<PostgresLocks>());
        services.AddHostedService<LedgerWatch>();
        return services;
    }
}
