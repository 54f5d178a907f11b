using System.Globalization;
using System.Text.Json;
using MetricsHub.Domain.Time;
using Microsoft.AspNetCore.WebUtilities;

namespace MetricsHub.Sources.Locations;

/// <summary>
/// A directory of organisations (ODS ORD 2-0-0): its list comes in pages and names the record of every organisation, each a publication of
/// its own. A record is fetched where the list says that it has changed since. The first entry of the list has the offset 1, not 0.
/// </summary>
/// <param name="list">The list's address, with the query that picks organisations.</param>
/// <param name="allowedHosts">Further hosts that records may lie on.</param>
/// <param name="pause">How long to wait before every request but the first: the directory serves everybody.</param>
internal sealed class OrdLocation(
    HttpAccess access, Uri list, IReadOnlyCollection<string> allowedHosts, TimeSpan pause) : ILocation
{
    private const int PageSize = 1000;

    private readonly AllowedOrigins allowed = new(list, allowedHosts);
    private readonly HttpFetcher fetcher = new(access, new AllowedOrigins(list, allowedHosts));

    public async Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken)
    {
        var offers = new Dictionary<string, Offer>();
        for (var (read, total) = (0L, 1L); read < total;)
        {
            if (read > 0)
            {
                await PauseAsync(cancellationToken);
            }

            using var content = new MemoryStream();
            var fetched = await fetcher.GetAsync(PageFrom(read + 1), null, content, cancellationToken);
            total = fetched!.TotalCount ?? throw new LocationException($"{list} does not say how many organisations there are (X-Total-Count).");
            var page = OffersIn(content.GetBuffer().AsMemory(0, (int)content.Length));
            if (page.Count == 0)
            {
                throw new LocationException($"{list} ends after {read} of {total} organisations.");
            }

            read += page.Count;
            foreach (var offer in page)
            {
                // The list can shift between two pages: an organisation that comes again is the same one.
                offers[offer.Address] = offer;
            }
        }

        return [.. offers.Values];
    }

    public async Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken)
    {
        var changed = offer.PublishedAt!.Value.ToString("O", CultureInfo.InvariantCulture);
        if (known.Fetch?.Validator == changed)
        {
            return null;
        }

        await PauseAsync(cancellationToken);
        await fetcher.GetAsync(new Uri(offer.Address), null, destination, cancellationToken);
        return new FetchState(changed, null);
    }

    private Uri PageFrom(long offset) => new(QueryHelpers.AddQueryString(list.ToString(), new Dictionary<string, string?>
    {
        ["Limit"] = PageSize.ToString(CultureInfo.InvariantCulture),
        ["Offset"] = offset.ToString(CultureInfo.InvariantCulture),
    }));

    private List<Offer> OffersIn(ReadOnlyMemory<byte> page)
    {
        try
        {
            using var document = JsonDocument.Parse(page);
            return [.. document.RootElement.GetProperty("Organisations").EnumerateArray().Select(OfferOf)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new LocationException($"{list} does not answer as a list of organisations does: {exception.Message}", exception);
        }
    }

    private Offer OfferOf(JsonElement entry)
    {
        var code = entry.GetProperty("OrgId").GetString();
        var changed = DateOnly.ParseExact(entry.GetProperty("LastChangeDate").GetString() ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var address = new Uri(list, entry.GetProperty("OrgLink").GetString());
        return allowed.Contains(address)
            ? new Offer(address.ToString(), $"{code}.json", null, LondonCalendar.StartOf(changed))
            : throw new LocationException($"{list} names {address}, which is not on an allowed host.");
    }

    private Task PauseAsync(CancellationToken cancellationToken) =>
        pause > TimeSpan.Zero ? Task.Delay(pause, access.Time, cancellationToken) : Task.CompletedTask;
}
