using MetricsHub.Catalogue;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Access;

/// <summary>A grant as somebody writes it, of a key or of a role.</summary>
/// <param name="Scopes">Words of <see cref="ScopeWords"/>.</param>
/// <param name="Organisations">Codes; null for all organisations.</param>
/// <param name="Sources">Keys of sources; null for all of them.</param>
internal sealed record GrantWords(string[]? Scopes, string[]? Organisations, string[]? Sources)
{
    /// <summary>What is wrong, by the name of the field; nothing where it can be granted.</summary>
    public IReadOnlyDictionary<string, string> Faults(HubCatalogue catalogue)
    {
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Scopes is not { Length: > 0 } || !Array.TrueForAll(Scopes, ScopeWords.All.ContainsKey))
        {
            faults["scopes"] = $"Expected one or more of: {string.Join(", ", ScopeWords.All.Keys)}.";
        }
        else if ((Organisations ?? Sources) is not null && Scopes.Contains("admin"))
        {
            faults["scopes"] = "Whoever holds admin can give out keys to everything: it cannot be limited to organisations or sources.";
        }

        if (Organisations is not null && (Organisations.Length == 0 || !Array.TrueForAll(Organisations, text => OrganisationCode.TryParse(text, out var code) && catalogue.Organisations.Find(code) is not null)))
        {
            faults["organisations"] = "Expected codes of organisations in the catalogue, or none at all for all of them.";
        }

        if (Sources is not null && (Sources.Length == 0 || !Array.TrueForAll(Sources, text => SourceKey.TryParse(text, out var key) && catalogue.Sources.ContainsKey(key))))
        {
            faults["sources"] = "Expected keys of sources in the catalogue, or none at all for all of them.";
        }

        return faults;
    }

    /// <summary>Of words without faults.</summary>
    public Grant ToGrant() => new(
        Scopes!.Aggregate(Domain.Access.Scopes.None, (all, word) => all | ScopeWords.All[word]),
        Organisations?.Select(text => new OrganisationCode(text.Trim())).ToHashSet(),
        Sources?.Select(text => new SourceKey(text)).ToHashSet());
}
