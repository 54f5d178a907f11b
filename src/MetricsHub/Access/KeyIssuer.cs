using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>Gives keys out and takes them back.</summary>
internal sealed class KeyIssuer(ILedger ledger, KeyBook book, TimeProvider clock)
{
    /// <param name="order">One without faults.</param>
    /// <returns>The key, and its text: the only time that anybody sees it.</returns>
    public async Task<(AccessKey Key, string Text)> IssueAsync(KeyOrder order, string actor, CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = KeyText.New();
            var key = ToKey(text, order, actor);

            // Two keys can draw one id; then another is drawn.
            if (await ledger.CreateKeyAsync(key, cancellationToken))
            {
                book.Forget();
                return (key, text.Reveal());
            }
        }
    }

    /// <summary>Enters a key that was drawn elsewhere. Where it was entered before, that stands: with what it allowed and until when.</summary>
    /// <param name="order">One without faults.</param>
    /// <returns>The key as it then stands; null where another one has its id.</returns>
    public async Task<AccessKey?> EnterAsync(KeyText text, KeyOrder order, string actor, CancellationToken cancellationToken)
    {
        var key = ToKey(text, order, actor);
        if (await ledger.CreateKeyAsync(key, cancellationToken))
        {
            book.Forget();
            return key;
        }

        return (await ledger.ListKeysAsync(cancellationToken)).FirstOrDefault(held => held.Id == key.Id && held.SecretSha256 == key.SecretSha256);
    }

    /// <returns>The key as it then stands; null where there is none with this id.</returns>
    public async Task<AccessKey?> RevokeAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var revoked = await ledger.RevokeKeyAsync(id, clock.GetUtcNow(), actor, cancellationToken);
        book.Forget();
        return revoked;
    }

    private AccessKey ToKey(KeyText text, KeyOrder order, string actor) => new(
        text.Id, Convert.ToHexStringLower(text.SecretHash()), order.Owner!.Trim(), order.ToGrant(), clock.GetUtcNow(), actor, order.Expires!.Value.ToUniversalTime());
}
