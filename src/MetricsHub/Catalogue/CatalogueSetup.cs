using MetricsHub.Domain.Reference;
using MetricsHub.Sources;

namespace MetricsHub.Catalogue;

internal static class CatalogueSetup
{
    /// <summary>The folder of the catalogue; the one that travels with the program unless configuration names another.</summary>
    public const string FolderKey = "Catalogue:Folder";

    public static IServiceCollection AddCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = configuration[FolderKey] is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "catalogue");
        return services.AddSingleton(provider => CatalogueLoader.Load(
            folder, provider.GetRequiredService<Parsers>().Keys, provider.GetService<Func<CollectedReference>>()));
    }
}
