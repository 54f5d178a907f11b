using MetricsHub.Sources;
using Microsoft.Extensions.Options;

namespace MetricsHub.Collection;

internal static class CollectionSetup
{
    public static IServiceCollection AddCollection(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CollectionOptions>().Bind(configuration.GetSection(CollectionOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CollectionOptions>, CollectionOptionsValidator>();
        services.AddSources(configuration.GetSection(CollectionOptions.SectionName)[nameof(CollectionOptions.Contact)]);
        services.AddMetrics();
        services.AddSingleton<CollectionMeter>();
        services.AddSingleton<Parsers>();
        services.AddSingleton<LocationFactory>();
        services.AddSingleton<Archive>();
        services.AddSingleton<PublicationChecks>();
        services.AddSingleton<Barring>();
        services.AddSingleton<TouchedFigures>();
        services.AddSingleton<Intake>();
        services.AddSingleton<SourceTurns>();
        services.AddSingleton<Collector>();
        services.AddSingleton<PushReceiver>();
        return services;
    }
}
