using System.Globalization;
using System.Net;

namespace MetricsHub.Sources.Locations;

/// <param name="Deadline">For everything about one fetch: tries, redirects and the last byte.</param>
/// <param name="PrivateNetwork">Whether addresses of this machine and of its network may be reached.</param>
internal sealed record HttpLimits(long MaximumBytes, TimeSpan Deadline, bool PrivateNetwork = false)
{
    public static readonly HttpLimits Default = new(20_000_000, TimeSpan.FromSeconds(60));
}

/// <summary>By which means and within which limits the locations of one source are fetched from.</summary>
/// <param name="Token">A header that goes to the source's own origin only, wherever else it redirects; null where there is none.</param>
internal sealed record HttpAccess(IHttpClientFactory Clients, HttpLimits Limits, SourceBreaker Breaker, TimeProvider Time, AccessToken? Token = null);

/// <summary>A secret by which a provider knows who asks. It is never logged.</summary>
internal sealed record AccessToken(string Header, string Value)
{
    public override string ToString() => Header;
}

/// <param name="Address">Where it was found after redirects.</param>
/// <param name="TotalCount">What a list that comes in pages says of its length (<c>X-Total-Count</c>); null where it says nothing.</param>
internal sealed record HttpFetch(FetchState State, Uri Address, long? TotalCount);

/// <summary>Fetches over HTTP, asking only for what changed, and following redirects only to allowed origins.</summary>
internal sealed class HttpFetcher(HttpAccess access, AllowedOrigins allowed)
{
    private const int MostRedirects = 3;

    private readonly HttpLimits limits = access.Limits;
    private readonly SourceBreaker breaker = access.Breaker;

    /// <summary>Null where it has not changed since <paramref name="known"/>; then nothing was written.</summary>
    /// <exception cref="LocationException">It cannot be fetched, or is not to be asked now.</exception>
    public async Task<HttpFetch?> GetAsync(Uri address, FetchState? known, Stream destination, CancellationToken cancellationToken)
    {
        breaker.Check(address);
        using var deadline = new CancellationTokenSource(limits.Deadline, access.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var tries = new FetchTries(access.Time.GetUtcNow() + limits.Deadline);
            var fetched = await GetAsync(address, known, destination, tries, redirects: 0, either.Token);
            breaker.Succeeded();
            return fetched;
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            breaker.Failed(notBefore: null);
            throw new LocationException($"{address} gave no whole answer within {limits.Deadline.TotalSeconds:0} seconds.", exception);
        }
        catch (HttpRequestException exception) when (exception.InnerException is LocationException refused)
        {
            throw new LocationException($"{address} is not fetched: {refused.Message}.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            breaker.Failed(notBefore: null);
            throw new LocationException($"{address} cannot be fetched: {exception.Message}", exception);
        }
    }

    private async Task<HttpFetch?> GetAsync(
        Uri address, FetchState? known, Stream destination, FetchTries tries, int redirects, CancellationToken cancellationToken)
    {
        if (!allowed.Contains(address))
        {
            throw new LocationException($"{address} is not on an allowed host{(redirects > 0 ? "; a redirect led there" : "")}.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        tries.Govern(request);
        if (known?.Validator is { } validator)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", validator);
        }

        request.Headers.IfModifiedSince = known?.LastModified;
        if (access.Token is { } token && allowed.IsOwn(address))
        {
            request.Headers.TryAddWithoutValidation(token.Header, token.Value);
        }

        using var client = access.Clients.CreateClient(SourcesSetup.HttpClientName(limits.PrivateNetwork));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (RedirectOf(response, address) is { } target)
        {
            return redirects < MostRedirects
                ? await GetAsync(target, known, destination, tries, redirects + 1, cancellationToken)
                : throw new LocationException($"{address} redirects more than {MostRedirects} times.");
        }

        if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Failure(response, address);
        }

        if (response.Content.Headers.ContentLength > limits.MaximumBytes)
        {
            throw new LocationException($"{address} is larger than the {limits.MaximumBytes} bytes allowed.");
        }

        // What is counted is what arrives after decompression: a few kilobytes can hold gigabytes.
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        await LimitedCopy.CopyAsync(content, destination, limits.MaximumBytes, address.ToString(), cancellationToken);
        return new HttpFetch(new FetchState(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified), address, TotalCountOf(response));
    }

    private static Uri? RedirectOf(HttpResponseMessage response, Uri address)
    {
        if (response.StatusCode is < HttpStatusCode.Moved or > HttpStatusCode.PermanentRedirect or HttpStatusCode.NotModified
            || response.Headers.Location is not { } location)
        {
            return null;
        }

        if (!Uri.TryCreate(address, location, out var target))
        {
            throw new LocationException($"{address} redirects to what is no address.");
        }

        return address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps
            ? throw new LocationException($"{address} redirects to {target}, which is not encrypted.")
            : target;
    }

    private LocationException Failure(HttpResponseMessage response, Uri address)
    {
        var answer = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            breaker.Denied(address, answer);
        }
        else if (FetchTries.IsTransient(response.StatusCode))
        {
            breaker.Failed(access.Time.GetUtcNow() + FetchTries.RetryAfter(response, access.Time));
        }

        return new LocationException($"{address} answered {answer}.");
    }

    private static long? TotalCountOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Total-Count", out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
