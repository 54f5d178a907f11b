using MetricsHub.Catalogue;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Access;

/// <summary>A key that somebody asks for.</summary>
/// <param name="Organisations">Codes; null for all organisations.</param>
/// <param name="Sources">Keys of sources; null for all of them.</param>
/// <param name="Expires">Null where none was given, or what was given is no time.</param>
internal sealed record KeyOrder(string? Owner, string[]? Scopes, string[]? Organisations, string[]? Sources, DateTimeOffset? Expires)
{
    public const int LongestOwner = 100;

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    /// <summary>What is wrong, by the name of the field; nothing where it can be issued.</summary>
    public IDictionary<string, string[]> Faults(HubCatalogue catalogue, DateTimeOffset now)
    {
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Expect("owner", Owner?.Trim() is { Length: > 0 and <= LongestOwner } owner && !owner.Any(char.IsControl), $"Expected 1 to {LongestOwner} characters on one line: who is given the key.");
        Expect("scopes", Scopes is { Length: > 0 } scopes && Array.TrueForAll(scopes, ScopeWords.All.ContainsKey), $"Expected one or more of: {string.Join(", ", ScopeWords.All.Keys)}.");
        Expect(
            "organisations",
            Organisations is null || (Organisations.Length > 0 && Array.TrueForAll(Organisations, text => OrganisationCode.TryParse(text, out var code) && catalogue.Organisations.Find(code) is not null)),
            "Expected codes of organisations in the catalogue, or none at all for all of them.");
        Expect(
            "sources",
            Sources is null || (Sources.Length > 0 && Array.TrueForAll(Sources, text => SourceKey.TryParse(text, out var key) && catalogue.Sources.ContainsKey(key))),
            "Expected keys of sources in the catalogue, or none at all for all of them.");
        Expect("expires", Expires is { } expires && expires > now && expires <= now + LongestLife, $"Expected a time after now and at most {LongestLife.TotalDays:0} days ahead.");
        if ((Organisations ?? Sources) is not null && Scopes?.Contains("admin") == true)
        {
            faults["scopes"] = ["Whoever holds admin can give out keys to everything: it cannot be limited to organisations or sources."];
        }

        return faults;

        void Expect(string field, bool isRight, string fault)
        {
            if (!isRight)
            {
                faults[field] = [fault];
            }
        }
    }

    /// <summary>Of an order without faults.</summary>
    public Grant ToGrant() => new(
        Scopes!.Aggregate(Domain.Access.Scopes.None, (all, word) => all | ScopeWords.All[word]),
        Organisations?.Select(text => new OrganisationCode(text.Trim())).ToHashSet(),
        Sources?.Select(text => new SourceKey(text)).ToHashSet());
}
