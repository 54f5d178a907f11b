using MetricsHub.Catalogue;
using MetricsHub.Domain.Access;
using Microsoft.Extensions.Options;

namespace MetricsHub.Access.Tokens;

/// <summary>What each role of the configuration may do.</summary>
/// <exception cref="StartException">A role names what is not there.</exception>
internal sealed class TokenRoles(IOptions<OidcOptions> options, HubCatalogue catalogue)
{
    private readonly Dictionary<string, Grant> grants = options.Value.Roles.ToDictionary(
        role => role.Key, role => GrantOf(role.Key, new GrantWords(role.Value.Scopes, role.Value.Organisations, role.Value.Sources), catalogue), StringComparer.Ordinal);

    /// <summary>One for each role that the hub knows, in the order of their names; none where it knows none of them.</summary>
    public IReadOnlyList<Grant> Of(IEnumerable<string> roles) =>
        [.. roles.Where(grants.ContainsKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(role => grants[role])];

    private static Grant GrantOf(string role, GrantWords words, HubCatalogue catalogue)
    {
        var faults = words.Faults(catalogue);
        return faults.Count == 0
            ? words.ToGrant()
            : throw new StartException(string.Join('\n', faults.Select(fault => $"{OidcOptions.SectionName}:{nameof(OidcOptions.Roles)}:{role}:{fault.Key}: {fault.Value}")));
    }
}
