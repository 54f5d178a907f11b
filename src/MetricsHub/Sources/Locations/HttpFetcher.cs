using System.Globalization;
using System.Net;

namespace MetricsHub.Sources.Locations;

/// <param name="Deadline">For everything about one fetch: tries, redirects and the last byte.</param>
internal sealed record HttpLimits(long MaximumBytes, TimeSpan Deadline)
{
    public static readonly HttpLimits Default = new(20_000_000, TimeSpan.FromSeconds(60));
}

/// <param name="Address">Where it was found after redirects.</param>
/// <param name="TotalCount">What a list that comes in pages says of its length (<c>X-Total-Count</c>); null where it says nothing.</param>
internal sealed record HttpFetch(FetchState State, Uri Address, long? TotalCount);

/// <summary>Fetches over HTTP, asking only for what changed, and following redirects only to allowed origins.</summary>
internal sealed class HttpFetcher(IHttpClientFactory clients, TimeProvider time, AllowedOrigins allowed, HttpLimits limits)
{
    private const int MostRedirects = 3;

    /// <summary>Null where it has not changed since <paramref name="known"/>; then nothing was written.</summary>
    /// <exception cref="LocationException">It cannot be fetched.</exception>
    public async Task<HttpFetch?> GetAsync(Uri address, FetchState? known, Stream destination, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limits.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await GetAsync(address, known, destination, redirects: 0, either.Token);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new LocationException($"{address} gave no whole answer within {limits.Deadline.TotalSeconds:0} seconds.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new LocationException($"{address} cannot be fetched: {exception.Message}", exception);
        }
    }

    private async Task<HttpFetch?> GetAsync(Uri address, FetchState? known, Stream destination, int redirects, CancellationToken cancellationToken)
    {
        if (!allowed.Contains(address))
        {
            throw new LocationException($"{address} is not on an allowed host{(redirects > 0 ? "; a redirect led there" : "")}.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known?.Validator is { } validator)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", validator);
        }

        request.Headers.IfModifiedSince = known?.LastModified;
        using var client = clients.CreateClient(SourcesSetup.HttpClientName);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is >= HttpStatusCode.Moved and <= HttpStatusCode.PermanentRedirect
            && response.StatusCode != HttpStatusCode.NotModified
            && response.Headers.Location is { } location)
        {
            return redirects < MostRedirects
                ? await GetAsync(new Uri(address, location), known, destination, redirects + 1, cancellationToken)
                : throw new LocationException($"{address} redirects more than {MostRedirects} times.");
        }

        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new LocationException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }

        if (response.Content.Headers.ContentLength > limits.MaximumBytes)
        {
            throw new LocationException($"{address} is larger than the {limits.MaximumBytes} bytes allowed.");
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await LimitedCopy.CopyAsync(content, destination, limits.MaximumBytes, address.ToString(), cancellationToken);
        return new HttpFetch(new FetchState(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified), address, TotalCountOf(response));
    }

    private static long? TotalCountOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Total-Count", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
