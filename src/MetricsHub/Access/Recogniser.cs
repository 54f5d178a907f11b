using System.Security.Cryptography;
using MetricsHub.Access.Tokens;
using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>Finds out who is asking, by the key or the token that they show.</summary>
internal sealed class Recogniser(KeyBook book, TokenRecogniser tokens, TimeProvider clock)
{
    public const string KeyHeader = "X-Api-Key";

    private const string Scheme = "Bearer ";

    /// <returns>Whom it is, or else why nobody is: a sentence for whoever asks.</returns>
    public ValueTask<(Caller? Caller, string? Reason)> RecogniseAsync(HttpContext context) => ShownIn(context.Request) switch
    {
        null => new((null, $"Show a key{(tokens.IsOn ? " or a token" : "")}: in the header Authorization, after 'Bearer '; a key can stand in X-Api-Key.")),
        var shown when tokens.IsOn && !shown.StartsWith(KeyText.Prefix, StringComparison.Ordinal) && context.Request.Headers.Authorization.Count == 1 => tokens.RecogniseAsync(context, shown),
        var shown => RecogniseAsync(shown, context.RequestAborted),
    };

    private async ValueTask<(Caller? Caller, string? Reason)> RecogniseAsync(string shown, CancellationToken cancellationToken)
    {
        if (KeyText.Parse(shown) is not { } text)
        {
            return (null, "What was shown is not a key of this hub, or is mistyped.");
        }

        // The same hash and the same comparison, whether the id is known or not: the answer tells nothing by when it comes.
        var (key, secretHash) = await book.FindAsync(text.Id, cancellationToken);
        var isRight = CryptographicOperations.FixedTimeEquals(text.SecretHash(), secretHash);
        if (key is null || !isRight)
        {
            return (null, "The key is not known.");
        }

        if (WhyWorthless(key) is { } reason)
        {
            return (null, reason);
        }

        await book.MarkUsedAsync(key, cancellationToken);
        return (new Caller($"{key.Owner} (key {key.Id})", [key.Grant]), null);
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
