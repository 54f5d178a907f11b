using System.Security.Cryptography;

namespace MetricsHub.Domain.Publications;

/// <summary>
/// A publication's identity: the SHA-256 of the bytes that the publisher sent, as 64 lower-case hexadecimal digits. The same bytes
/// under another name are the same publication.
/// </summary>
public readonly record struct PublicationId
{
    private readonly string? value;

    /// <exception cref="FormatException">The text is not 64 hexadecimal digits.</exception>
    public PublicationId(string text)
    {
        if (!IsValid(text))
        {
            throw new FormatException($"'{text}' is not a publication id: expected 64 hexadecimal digits (a SHA-256).");
        }

        value = text.ToLowerInvariant();
    }

    public static PublicationId Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public static bool TryParse(string? text, out PublicationId id)
    {
        id = IsValid(text) ? new PublicationId(text!) : default;
        return id.value is not null;
    }

    public override string ToString() => value ?? "";

    private static bool IsValid(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigit);
}
