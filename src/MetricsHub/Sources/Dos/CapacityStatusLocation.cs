using System.Text.Json;
using MetricsHub.Sources.Locations;

namespace MetricsHub.Sources.Dos;

/// <summary>
/// The Directory of Services' capacity status API, asked service by service: <c>GET {root}/{id}/capacitystatus/</c> with a token. One
/// look at all of them is one publication.
/// </summary>
/// <param name="root">The address of the directory's services, with a slash at its end.</param>
internal sealed class CapacityStatusLocation(Uri root, IReadOnlyList<DosService> services, HttpAccess access) : ILocation
{
    // An answer is half a kilobyte; notes are at most 900 characters.
    public const int MaximumAnswerBytes = 16_384;

    private readonly HttpFetcher fetcher = new(access, new AllowedOrigins(root, []));

    public Task<IReadOnlyList<Offer>> DiscoverAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Offer>>([new Offer(root.ToString(), "capacity-status.json", LinkText: null, PublishedAt: null)]);

    /// <remarks>A service that does not answer is told as such; only where none does, there is no publication.</remarks>
    public async Task<FetchState?> FetchAsync(Offer offer, CollectionState known, Stream destination, CancellationToken cancellationToken)
    {
        var answers = new List<CapacityStatusAnswer>();
        LocationException? failure = null;
        foreach (var service in services)
        {
            try
            {
                answers.Add(await AskAsync(service, cancellationToken));
            }
            catch (LocationException exception)
            {
                failure = exception;
                answers.Add(new CapacityStatusAnswer(service.Id, null, null, null, exception.Message));
            }
        }

        if (failure is not null && answers.TrueForAll(answer => answer.Failure is not null))
        {
            throw new LocationException($"None of the {answers.Count} services answers: {failure.Message}", failure);
        }

        new CapacityStatusDocument(access.Time.GetUtcNow(), answers).Write(destination);
        return new FetchState(Validator: null, LastModified: null);
    }

    private async Task<CapacityStatusAnswer> AskAsync(DosService service, CancellationToken cancellationToken)
    {
        var address = new Uri(root, $"{service.Id}/capacitystatus/");
        using var content = new MemoryStream();
        await fetcher.GetAsync(address, known: null, content, cancellationToken);
        try
        {
            using var answer = JsonDocument.Parse(content.GetBuffer().AsMemory(0, (int)content.Length));
            var body = answer.RootElement;
            return body.ValueKind == JsonValueKind.Object
                ? new CapacityStatusAnswer(service.Id, Text(body, "status"), Text(body, "resetDateTime"), Text(body, "modifiedDate"), Failure: null)
                : throw new LocationException($"{address} answered no JSON object.");
        }
        catch (JsonException exception)
        {
            throw new LocationException($"{address} answered something that is not JSON.", exception);
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
