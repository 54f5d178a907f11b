using System.Globalization;

namespace MetricsHub.Sources.Locations;

/// <summary>
/// A feed: one address at which the newest figures always are. Asked conditionally, or, where the feed knows how, for what is newer than
/// the hub has.
/// </summary>
/// <param name="since">The query parameter that takes an instant (<c>2026-11-22T10:15:00Z</c>); null where the feed has none.</param>
/// <param name="allowedHosts">Further hosts that it may redirect to.</param>
internal sealed class FeedLocation(
    HttpAccess access, Uri feed, string? since, IReadOnlyCollection<string> allowedHosts) : ILocation
{
    private readonly HttpFetcher fetcher = new(access, new AllowedOrigins(feed, allowedHosts));

    public Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Offer>>([new Offer(feed.GetLeftPart(UriPartial.Query), FileName, LinkText: null, PublishedAt: null)]);

    public async Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken)
    {
        // What the feed answered last time was to another question: its validator says nothing of this one.
        var fetched = since is null
            ? await fetcher.GetAsync(feed, known.Fetch, destination, cancellationToken)
            : await fetcher.GetAsync(After(known.NewestPeriodEnd), known: null, destination, cancellationToken);
        return fetched?.State;
    }

    private string FileName => Uri.UnescapeDataString(feed.Segments[^1].Trim('/')) is { Length: > 0 } name ? name : feed.Host;

    private Uri After(DateTimeOffset? newest)
    {
        if (newest is not { } instant)
        {
            return feed;
        }

        var text = instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var joined = feed.Query.Length > 1 ? $"{feed.Query}&" : "?";
        return new Uri($"{feed.GetLeftPart(UriPartial.Path)}{joined}{Uri.EscapeDataString(since!)}={Uri.EscapeDataString(text)}");
    }
}
