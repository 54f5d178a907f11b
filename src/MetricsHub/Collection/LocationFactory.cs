using MetricsHub.Catalogue;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using MetricsHub.Storage;
using Microsoft.Extensions.Options;

namespace MetricsHub.Collection;

/// <summary>Makes the locations that a source's definition names, landing pages only where this hub may read them.</summary>
internal sealed class LocationFactory(
    IHttpClientFactory http, IOptions<StorageOptions> storage, IOptions<CollectionOptions> collection)
{
    public IEnumerable<NamedLocation> Create(SourceDefinition source)
    {
        foreach (var definition in source.Locations)
        {
            switch (definition)
            {
                case FolderDefinition folder:
                    var path = Resolve(folder.Folder);
                    yield return new NamedLocation(folder.Folder, new FolderLocation(path, folder.Pattern, source.MaximumBytes));
                    break;
                case LandingPageDefinition page when collection.Value.ReadLandingPages:
                    yield return new NamedLocation(null, new LandingPageLocation(http, page.Page, page.LinkText, page.AllowedHosts, source.MaximumBytes));
                    break;
            }
        }
    }

    private string Resolve(string folder) => folder
        .Replace("{samples}", Path.Combine(AppContext.BaseDirectory, "samples"), StringComparison.Ordinal)
        .Replace("{data}", Path.GetFullPath(storage.Value.DataFolder), StringComparison.Ordinal);
}

/// <param name="Folder">The folder as the catalogue spells it; null for a landing page, whose links are addresses by themselves.</param>
internal sealed record NamedLocation(string? Folder, ILocation Location)
{
    public string Name => Folder ?? "landing page";

    /// <summary>What the ledger knows an offer by: never a path of this machine.</summary>
    public string AddressOf(Offer offer) => Folder is null ? offer.Address : $"{Folder}/{offer.Address}";
}
