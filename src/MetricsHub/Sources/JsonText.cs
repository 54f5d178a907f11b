using System.Text.Json;

namespace MetricsHub.Sources;

/// <summary>Reads JSON (RFC 8259) in UTF-8, with a byte order mark or without, after making sure that it is text at all.</summary>
internal static class JsonText
{
    // Of a field that stands twice nobody can say which is right.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <param name="expected">What the file should be, for the message.</param>
    /// <exception cref="PublicationFormatException">The bytes are no JSON.</exception>
    public static JsonElement Read(ReadOnlySpan<byte> bytes, string expected)
    {
        var content = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var found = content switch
        {
            _ when content.IndexOfAnyExcept(" \t\r\n"u8) < 0 => "an empty file",
            _ when content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) => "UTF-16 text",
            _ when content.TrimStart(" \t\r\n"u8).StartsWith("<"u8) => "a page of HTML or XML",
            _ => null,
        };
        if (found is not null)
        {
            throw new PublicationFormatException(expected, found);
        }

        try
        {
            return JsonElement.Parse(content, Options);
        }
        catch (JsonException exception)
        {
            throw new PublicationFormatException(expected, $"text that is damaged or cut off ({exception.Message.TrimEnd('.')})", exception);
        }
    }
}
