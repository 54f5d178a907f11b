using System.Text.Json.Serialization;
using MetricsHub.Access;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>A key to create.</summary>
/// <param name="Owner">Who is given it: 1 to 100 characters on one line. What they do is kept under this name.</param>
/// <param name="Scopes">One or more of read, write, declare and admin; admin holds the others.</param>
/// <param name="Organisations">ODS codes: only about these and whatever is below them; null for all. Not with admin.</param>
/// <param name="Sources">Keys of sources: only about these; null for all. Not with admin.</param>
/// <param name="Expires">From when on it is worth nothing: an RFC 3339 instant with its offset, at most 365 days ahead.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record KeyBody(string? Owner, string[]? Scopes, string[]? Organisations, string[]? Sources, string? Expires);

/// <summary>A key that was just created.</summary>
/// <param name="Text">The key itself. This is the only time that it is shown; the hub keeps its hash and cannot show it again.</param>
/// <param name="Key">What the hub keeps of it.</param>
internal sealed record CreatedKeyAnswer(string Text, KeyItem Key);

/// <summary>The keys that ever were.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="Next">Always null: the list is whole.</param>
internal sealed record KeysAnswer(IReadOnlyList<KeyItem> Items, string? Next);

/// <summary>What the hub keeps of a key.</summary>
/// <param name="Id">The name by which it is revoked: the part of it after mh_.</param>
/// <param name="Owner">Who was given it.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Organisations">Only about these and whatever is below them; null for all.</param>
/// <param name="Sources">Only about these; null for all.</param>
/// <param name="Status">valid, expired or revoked.</param>
/// <param name="ExpiresWithinDays">1, 7 or 30 where a valid key ends within as many days; null where it ends later.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="Expires">From when on it is worth nothing.</param>
/// <param name="LastUsedAt">When it was last used, to the minute or so; null where it never was.</param>
/// <param name="RevokedAt">When it was revoked; null where it was not.</param>
internal sealed record KeyItem(
    string Id,
    string Owner,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string>? Organisations,
    IReadOnlyList<string>? Sources,
    string Status,
    int? ExpiresWithinDays,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset Expires,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt)
{
    public static readonly string[] Columns =
        ["id", "owner", "scopes", "organisations", "sources", "status", "expiresWithinDays", "createdAt", "createdBy", "expires", "lastUsedAt", "revokedAt"];

    public static KeyItem Of(AccessKey key, DateTimeOffset at) => new(
        key.Id,
        key.Owner,
        ScopeWords.Of(key.Grant.Scopes),
        key.Grant.Organisations?.Order().Select(code => code.ToString()).ToList(),
        key.Grant.Sources?.Select(source => source.ToString()).Order(StringComparer.Ordinal).ToList(),
        key.RevokedAt is not null ? "revoked" : key.ExpiresAt <= at ? "expired" : "valid",
        KeyExpiry.StepOf(key, at),
        key.CreatedAt,
        key.CreatedBy,
        key.ExpiresAt,
        key.LastUsedAt,
        key.RevokedAt);

    public static void Write(CsvLine line, KeyItem item) =>
        line.Text(item.Id).Text(item.Owner).Text(string.Join(' ', item.Scopes)).Text(string.Join(' ', item.Organisations ?? ["all"])).Text(string.Join(' ', item.Sources ?? ["all"]))
            .Text(item.Status).Number(item.ExpiresWithinDays).Instant(item.CreatedAt).Text(item.CreatedBy).Instant(item.Expires).Instant(item.LastUsedAt).Instant(item.RevokedAt);
}
