using System.Text;

namespace MetricsHub.Storage;

/// <summary>
/// Text as every database can keep it. PostgreSQL takes neither NUL nor half of a surrogate pair, and files hold both: one such cell must
/// not keep a publication from being accounted for. Each becomes U+FFFD, on every database alike.
/// </summary>
internal static class StoreText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text)
    {
        foreach (var character in text)
        {
            if (character == '\0' || char.IsSurrogate(character))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', Replacement);
            }
        }

        return text;
    }
}
