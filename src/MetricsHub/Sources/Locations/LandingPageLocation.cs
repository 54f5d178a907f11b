using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MetricsHub.Sources.Locations;

/// <summary>
/// A publisher's page that links to its publications. File names carry random suffixes and cannot be guessed, so links are picked by
/// their text.
/// </summary>
/// <param name="linkText">A regular expression that the text of a link has to match somewhere; case does not matter.</param>
/// <param name="allowedHosts">Further hosts that files may lie on, <c>files.example.org</c> or <c>files.example.org:8443</c>.</param>
internal sealed partial class LandingPageLocation(
    HttpAccess access,
    Uri page,
    string linkText,
    IReadOnlyCollection<string> allowedHosts,
    ILogger<LandingPageLocation> logger) : ILocation
{
    private readonly Regex wanted = new(linkText, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private readonly AllowedOrigins allowed = new(page, allowedHosts);
    private readonly HttpFetcher fetcher = new(access, new AllowedOrigins(page, allowedHosts));

    // What the page said last, and how to ask whether it still does. Lost at a restart, which costs one unconditional request.
    private volatile Reading? last;

    public async Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var previous = last;
        var fetched = await fetcher.GetAsync(page, previous?.State, content, cancellationToken);
        if (fetched is null)
        {
            return previous!.Offers;
        }

        content.Position = 0;
        using var document = await new HtmlParser().ParseDocumentAsync(content, cancellationToken);
        var offers = OffersIn(document, fetched.Address);
        if (offers.Count == 0)
        {
            throw new LocationException($"{page} has no link whose text matches '{linkText}' and that leads to an allowed host.");
        }

        // Without a validator the next request could not be conditional.
        last = fetched.State is { Validator: null, LastModified: null } ? null : new Reading(fetched.State, offers);
        return offers;
    }

    public async Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken) =>
        (await fetcher.GetAsync(new Uri(offer.Address), known.Fetch, destination, cancellationToken))?.State;

    private List<Offer> OffersIn(IHtmlDocument document, Uri address)
    {
        var root = document.QuerySelector("base[href]")?.GetAttribute("href") is { } href && Uri.TryCreate(address, href, out var given) ? given : address;
        var offers = new List<Offer>();
        foreach (var link in document.QuerySelectorAll("a[href]"))
        {
            var text = WhiteSpace().Replace(link.TextContent, " ").Trim();
            if (!wanted.IsMatch(text))
            {
                continue;
            }

            if (!Uri.TryCreate(root, link.GetAttribute("href"), out var target) || !allowed.Contains(target))
            {
                Log.LinkNotAllowed(logger, text, link.GetAttribute("href"), page);
                continue;
            }

            var file = target.GetLeftPart(UriPartial.Query);
            if (offers.All(offer => offer.Address != file))
            {
                offers.Add(new Offer(file, Uri.UnescapeDataString(target.Segments[^1]), text, PublishedAt: null));
            }
        }

        return offers;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    private sealed record Reading(FetchState State, IReadOnlyList<Offer> Offers);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2510, Level = LogLevel.Warning, Message = "The link '{Text}' to {Address} on {Page} matches, but does not lead to an allowed host; it is left out.")]
        public static partial void LinkNotAllowed(ILogger logger, string text, string? address, Uri page);
    }
}
