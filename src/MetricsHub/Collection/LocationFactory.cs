using System.Collections.Concurrent;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using MetricsHub.Storage;
using Microsoft.Extensions.Options;

namespace MetricsHub.Collection;

/// <summary>
/// Makes the locations that a source's definition names, what is on the internet only where this hub may read it. Each is made once: a landing
/// page remembers what it said last, so that the next request can be conditional.
/// </summary>
internal sealed class LocationFactory(
    IHttpClientFactory http,
    IOptions<StorageOptions> storage,
    IOptions<CollectionOptions> collection,
    TimeProvider clock,
    ILoggerFactory loggers)
{
    /// <summary>The directory of organisations is asked for one record a second.</summary>
    private static readonly TimeSpan BetweenRecords = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SourceKey, IReadOnlyList<NamedLocation>> made = new();

    public IReadOnlyList<NamedLocation> LocationsOf(SourceDefinition source) =>
        made.GetOrAdd(source.Key, _ => [.. source.Locations.Select(location => Make(location, source.MaximumBytes)).OfType<NamedLocation>()]);

    private NamedLocation? Make(LocationDefinition definition, long maximumBytes) => definition switch
    {
        FolderDefinition folder => new NamedLocation(folder.Folder, new FolderLocation(Resolve(folder.Folder), folder.Pattern, maximumBytes)),
        LandingPageDefinition page when collection.Value.ReadLandingPages => new NamedLocation(
            null,
            new LandingPageLocation(
                http, page.Page, page.LinkText, page.AllowedHosts, HttpLimits.Default with { MaximumBytes = maximumBytes }, clock,
                loggers.CreateLogger<LandingPageLocation>())),
        CkanDefinition ckan when collection.Value.ReadLandingPages => new NamedLocation(
            null,
            new CkanLocation(
                http, ckan.Package, ckan.ResourceTitle, ckan.ResourceMetadata, ckan.AllowedHosts, HttpLimits.Default with { MaximumBytes = maximumBytes }, clock,
                loggers.CreateLogger<CkanLocation>())),
        OrdDefinition ord when collection.Value.ReadLandingPages => new NamedLocation(
            null,
            new OrdLocation(http, ord.List, ord.AllowedHosts, HttpLimits.Default with { MaximumBytes = maximumBytes }, BetweenRecords, clock)),
        _ => null,
    };

    private string Resolve(string folder)
    {
        var data = Path.GetFullPath(storage.Value.DataFolder);
        var path = folder
            .Replace("{samples}", Path.Combine(AppContext.BaseDirectory, "samples"), StringComparison.Ordinal)
            .Replace("{data}", data, StringComparison.Ordinal);
        if (folder.StartsWith("{data}", StringComparison.Ordinal))
        {
            // The hub's own folder: somebody is to find it and drop files in.
            Directory.CreateDirectory(path);
        }

        return path;
    }
}

/// <param name="Folder">The folder as the catalogue spells it; null for a landing page or a portal, whose links are addresses by themselves.</param>
internal sealed record NamedLocation(string? Folder, ILocation Location)
{
    public string Name => Folder ?? "publisher's site";

    /// <summary>What the ledger knows an offer by: never a path of this machine.</summary>
    public string AddressOf(Offer offer) => Folder is null ? offer.Address : $"{Folder}/{offer.Address}";
}
