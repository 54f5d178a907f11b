using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MetricsHub.Moving;

internal static class MovingSetup
{
    /// <summary>What makes backups of the stores that the configuration names.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection(BackupOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackupOptions>, BackupOptionsValidator>();
        services.TryAddSingleton<KeepersTurn>();
        services.AddSingleton<BackupMaker>();
        services.AddSingleton<Func<BackupMaker>>(provider => provider.GetRequiredService<BackupMaker>);
        if (configuration.IsEmbedded())
        {
            services.AddSingleton<IDatabaseImage, EmbeddedImage>();
        }
        else
        {
            services.AddSingleton<IDatabaseImage, CarriedImage>();
        }

        return services;
    }

    private static bool IsEmbedded(this IConfiguration configuration) =>
        !configuration.KeepsLedgerInPostgres()
        && configuration.GetSection(StorageOptions.SectionName)[nameof(StorageOptions.Observations)] is null or StorageOptions.DuckDb;
}
