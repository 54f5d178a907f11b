using MetricsHub.Domain.Reference;
using MetricsHub.Sources;

namespace MetricsHub.Catalogue;

internal static class CatalogueSetup
{
    /// <summary>The folder of the catalogue; the one that travels with the program unless configuration names another.</summary>
    public const string FolderKey = "Catalogue:Folder";

    /// <summary>The hub's data folder: its <c>catalogue</c>, where there is one, is read beside the other.</summary>
    public const string DataFolderKey = "Storage:DataFolder";

    /// <summary>Where the simulator answers; nothing of it is in the catalogue where there is no address.</summary>
    public const string SimulatorKey = "Simulator:Address";

    public static IServiceCollection AddCatalogue(this IServiceCollection services, IConfiguration configuration)
    {
        var folder = configuration[FolderKey] is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "catalogue");
        var local = configuration[DataFolderKey] is { Length: > 0 } data ? Path.Combine(data, "catalogue") : null;
        return services.AddSingleton(provider => CatalogueLoader.Load(
            folder, provider.GetRequiredService<Parsers>().Keys, SimulatorIn(configuration), local, provider.GetService<Func<CollectedReference>>()));
    }

    private static Uri? SimulatorIn(IConfiguration configuration) => configuration[SimulatorKey] switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
        var text => throw new CatalogueException([new CatalogueError("configuration", SimulatorKey, $"'{text}' is not an http or https address")]),
    };
}
