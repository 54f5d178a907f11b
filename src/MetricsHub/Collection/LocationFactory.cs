using System.Collections.Concurrent;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.Dos;
using MetricsHub.Sources.Locations;
using MetricsHub.Storage;
using Microsoft.Extensions.Options;

namespace MetricsHub.Collection;

/// <summary>
/// Makes the locations that a source's definition names; publishers' pages and portals only where this hub may read them. Folders and feeds
/// are somebody's own arrangement and are always read. Each is made once: a landing page remembers what it said last, so
/// that the next request can be conditional.
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
    private readonly ConcurrentDictionary<SourceKey, SourceBreaker> breakers = new();

    /// <summary>Whether each source that this process has collected is left alone now, or one of its addresses is.</summary>
    public IEnumerable<(SourceKey Source, bool IsPaused)> Pauses => breakers.Select(entry => (entry.Key, entry.Value.IsPaused));

    public IReadOnlyList<NamedLocation> LocationsOf(SourceDefinition source) =>
        made.GetOrAdd(source.Key, _ => Make(source));

    private IReadOnlyList<NamedLocation> Make(SourceDefinition source)
    {
        var breaker = breakers.GetOrAdd(
            source.Key, _ => new SourceBreaker(source.Key.ToString(), collection.Value.ToBreakerLimits(), clock, loggers.CreateLogger<SourceBreaker>()));
        return [.. source.Locations.Select(location => Make(location, source.MaximumBytes, source.CapacityServices, breaker)).OfType<NamedLocation>()];
    }

    private NamedLocation? Make(
        LocationDefinition definition, long maximumBytes, IReadOnlyList<DosService> services, SourceBreaker breaker) => definition switch
        {
            FolderDefinition folder => new NamedLocation(folder.Folder, new FolderLocation(Resolve(folder.Folder), folder.Pattern, maximumBytes)),
            FeedDefinition feed when !feed.OfPublisher || collection.Value.ReadLandingPages => new NamedLocation(
                null,
                new FeedLocation(Access(maximumBytes, feed.PrivateNetwork, breaker) with { Token = TokenOf(feed.Token) }, feed.Address, feed.Since, feed.AllowedHosts)),
            DosDefinition dos => new NamedLocation(
                null,
                new CapacityStatusLocation(
                    dos.Services, services, Access(CapacityStatusLocation.MaximumAnswerBytes, dos.PrivateNetwork, breaker) with { Token = TokenOf(dos.Token) })),
            LandingPageDefinition page when collection.Value.ReadLandingPages => new NamedLocation(
                null,
                new LandingPageLocation(
                    Access(maximumBytes, page.PrivateNetwork, breaker), page.Page, page.LinkText, page.AllowedHosts,
                    loggers.CreateLogger<LandingPageLocation>())),
            CkanDefinition ckan when collection.Value.ReadLandingPages => new NamedLocation(
                null,
                new CkanLocation(
                    Access(maximumBytes, ckan.PrivateNetwork, breaker), ckan.Package, ckan.ResourceTitle, ckan.ResourceMetadata, ckan.AllowedHosts,
                    loggers.CreateLogger<CkanLocation>())),
            OrdDefinition ord when collection.Value.ReadLandingPages => new NamedLocation(
                null,
                new OrdLocation(Access(maximumBytes, ord.PrivateNetwork, breaker), ord.List, ord.AllowedHosts, BetweenRecords)),
            _ => null,
        };

    private HttpAccess Access(long maximumBytes, bool privateNetwork, SourceBreaker breaker) =>
        new(http, HttpLimits.Default with { MaximumBytes = maximumBytes, PrivateNetwork = privateNetwork }, breaker, clock);

    private AccessToken? TokenOf(TokenDefinition? definition) =>
        definition is not null && collection.Value.Tokens.TryGetValue(definition.Name, out var value) ? new AccessToken(definition.Header, value) : null;

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

/// <param name="Folder">The folder as the catalogue spells it; null for what is on the web, whose links are addresses by themselves.</param>
internal sealed record NamedLocation(string? Folder, ILocation Location)
{
    public string Name => Folder ?? "publisher's site";

    /// <summary>What the ledger knows an offer by: never a path of this machine.</summary>
    public string AddressOf(Offer offer) => Folder is null ? offer.Address : $"{Folder}/{offer.Address}";
}
