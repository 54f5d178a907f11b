using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MetricsHub.Sources.Locations;

/// <summary>
/// A data set of a CKAN portal: its <c>package_show</c> answer lists resources. They are picked by their title and by what the portal
/// says of them; names and addresses change (<c>UDA_CONTRACTOR_202603</c>, then <c>MONTHLY_DATA_UDA_20260715</c>).
/// </summary>
/// <param name="resourceTitle">A regular expression that a resource's title has to match somewhere; case does not matter.</param>
/// <param name="resourceMetadata">Fields of a resource and what they have to be, <c>format</c> and <c>CSV</c>; case does not matter.</param>
/// <param name="allowedHosts">Further hosts that files may lie on.</param>
internal sealed partial class CkanLocation(
    HttpAccess access,
    Uri package,
    string resourceTitle,
    IReadOnlyDictionary<string, string> resourceMetadata,
    IReadOnlyCollection<string> allowedHosts,
    ILogger<CkanLocation> logger) : ILocation
{
    private readonly Regex wanted = new(resourceTitle, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private readonly AllowedOrigins allowed = new(package, allowedHosts);
    private readonly HttpFetcher fetcher = new(access, new AllowedOrigins(package, allowedHosts));

    // What the portal said last, and how to ask whether it still does. Lost at a restart, which costs one unconditional request.
    private volatile Reading? last;

    public async Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var previous = last;
        var fetched = await fetcher.GetAsync(package, previous?.State, content, cancellationToken);
        if (fetched is null)
        {
            return previous!.Offers;
        }

        var offers = OffersIn(content.GetBuffer().AsMemory(0, (int)content.Length), fetched.Address);
        if (offers.Count == 0)
        {
            throw new LocationException($"{package} has no resource whose title matches '{resourceTitle}', that is as it has to be, and that lies on an allowed host.");
        }

        // Without a validator the next request could not be conditional.
        last = fetched.State is { Validator: null, LastModified: null } ? null : new Reading(fetched.State, offers);
        return offers;
    }

    public async Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken) =>
        (await fetcher.GetAsync(new Uri(offer.Address), known.Fetch, destination, cancellationToken))?.State;

    private List<Offer> OffersIn(ReadOnlyMemory<byte> answer, Uri address)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("success", out var success)
                || success.ValueKind != JsonValueKind.True)
            {
                throw new LocationException($"{package} does not answer as CKAN's package_show does.");
            }

            var offers = new List<Offer>();
            foreach (var resource in document.RootElement.GetProperty("result").GetProperty("resources").EnumerateArray())
            {
                if (OfferOf(resource, address) is { } offer && offers.All(known => known.Address != offer.Address))
                {
                    offers.Add(offer);
                }
            }

            return offers;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new LocationException($"{package} does not answer as CKAN's package_show does: {exception.Message}", exception);
        }
    }

    private Offer? OfferOf(JsonElement resource, Uri address)
    {
        var title = Text(resource, "title") ?? Text(resource, "name") ?? "";
        if (!wanted.IsMatch(title)
            || resourceMetadata.Any(rule => !string.Equals(Text(resource, rule.Key), rule.Value, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        if (!Uri.TryCreate(address, Text(resource, "url"), out var target) || !allowed.Contains(target))
        {
            Log.ResourceNotAllowed(logger, title, Text(resource, "url"), package);
            return null;
        }

        // Not metadata_modified: that moves when a description is edited, and says nothing about the figures.
        return new Offer(
            target.GetLeftPart(UriPartial.Query), Uri.UnescapeDataString(target.Segments[^1]), title, Instant(Text(resource, "last_modified") ?? Text(resource, "created")));
    }

    private static string? Text(JsonElement resource, string field) =>
        resource.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>CKAN writes UTC without saying so: <c>2026-07-15T14:53:20.838670</c>.</summary>
    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private sealed record Reading(FetchState State, IReadOnlyList<Offer> Offers);

    private static partial class Log
    {
        [LoggerMessage(EventId = 2500, Level = LogLevel.Warning, Message = "The resource '{Title}' at {Address} of {Package} matches, but does not lie on an allowed host; it is left out.")]
        public static partial void ResourceNotAllowed(ILogger logger, string title, string? address, Uri package);
    }
}
