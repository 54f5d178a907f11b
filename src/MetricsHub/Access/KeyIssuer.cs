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
            var key = new AccessKey(
                text.Id, Convert.ToHexStringLower(text.SecretHash()), order.Owner!.Trim(), order.ToGrant(), clock.GetUtcNow(), actor, order.Expires!.Value.ToUniversalTime());

            // Two keys can draw one id; then another is drawn.
            if (await ledger.CreateKeyAsync(key, cancellationToken))
            {
                book.Forget();
                return (key, text.Reveal());
            }
        }
    }

    /// <returns>The key as it then stands; null where there is none with this id.</returns>
    public async Task<AccessKey?> RevokeAsync(string id, string actor, CancellationToken cancellationToken)
    {
        var revoked = await ledger.RevokeKeyAsync(id, clock.GetUtcNow(), actor, cancellationToken);
        book.Forget();
        return revoked;
    }
}
