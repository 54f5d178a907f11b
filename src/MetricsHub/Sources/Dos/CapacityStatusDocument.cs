using System.Text.Json;
using System.Text.Json.Serialization;

namespace MetricsHub.Sources.Dos;

/// <summary>
/// One look at the capacity status of every service of a source: what the hub archives as the publication. The directory answers for
/// one service at a time, and gives the same bytes as long as nothing changes; a look is a fact of its own, with the instant it was taken.
/// </summary>
internal sealed record CapacityStatusDocument(DateTimeOffset RetrievedAt, IReadOnlyList<CapacityStatusAnswer> Services)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    public void Write(Stream destination) => JsonSerializer.Serialize(destination, this, Options);

    /// <exception cref="PublicationFormatException">The bytes are no such document.</exception>
    public static CapacityStatusDocument Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<CapacityStatusDocument>(bytes, Options) is { Services: not null } document && document.RetrievedAt != default
                ? document
                : throw new PublicationFormatException("an instant retrievedAt and an array services", "JSON without them");
        }
        catch (JsonException exception)
        {
            throw new PublicationFormatException("a JSON document of capacity statuses", $"something else: {exception.Message}", exception);
        }
    }
}

/// <summary>What the directory said of one service. Its notes and who modified it are not kept: they name people.</summary>
/// <param name="Status">GREEN, AMBER or RED; null where the directory has none.</param>
/// <param name="ResetDateTime">When the status ends to hold.</param>
/// <param name="Failure">Why there was no answer; null where there was one.</param>
internal sealed record CapacityStatusAnswer(string Id, string? Status, string? ResetDateTime, string? ModifiedDate, string? Failure);
