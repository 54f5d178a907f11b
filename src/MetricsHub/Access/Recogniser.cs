using System.Security.Cryptography;
using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>Finds out who is asking, by the key that they show.</summary>
internal sealed class Recogniser(KeyBook book, TimeProvider clock)
{
    public const string KeyHeader = "X-Api-Key";

    private const string Scheme = "Bearer ";

    // What a key of which nothing is known is compared with, so that an unknown id takes as long as a known one.
    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    /// <returns>Whom it is, or else why nobody is recognised: a sentence for whoever asks.</returns>
    public async ValueTask<(Caller? Caller, string? Reason)> RecogniseAsync(HttpContext context)
    {
        if (ShownIn(context.Request) is not { } shown)
        {
            return (null, "Show a key: in the header Authorization, after 'Bearer ', or in X-Api-Key.");
        }

        if (KeyText.Parse(shown) is not { } text)
        {
            return (null, "What was shown is not a key of this hub, or is mistyped.");
        }

        var key = await book.FindAsync(text.Id, context.RequestAborted);
        var isRight = CryptographicOperations.FixedTimeEquals(text.SecretHash(), key is null ? NoHash : Convert.FromHexString(key.SecretSha256));
        if (key is null || !isRight)
        {
            return (null, "The key is not known.");
        }

        if (WhyWorthless(key) is { } reason)
        {
            return (null, reason);
        }

        await book.MarkUsedAsync(key, context.RequestAborted);
        return (new Caller($"{key.Owner} (key {key.Id})", key.Grant), null);
    }

    private string? WhyWorthless(AccessKey key) =>
        key.RevokedAt is not null ? "The key was revoked."
        : key.ExpiresAt <= clock.GetUtcNow() ? "The key has expired."
        : null;

    /// <summary>The one credential of a request; two of them would leave open whose answer it is.</summary>
    private static string? ShownIn(HttpRequest request) =>
        (request.Headers.Authorization.Count, request.Headers[KeyHeader].Count) switch
        {
            (1, 0) when request.Headers.Authorization.ToString() is var text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) => text[Scheme.Length..].Trim(),
            (0, 1) => request.Headers[KeyHeader].ToString().Trim(),
            _ => null,
        };
}
