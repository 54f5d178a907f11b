using System.Net;
using Microsoft.Extensions.Options;

namespace MetricsHub.Access.Tokens;

/// <summary>Whose tokens are taken beside keys; without an authority none are.</summary>
internal sealed class OidcOptions
{
    public const string SectionName = $"{AccessOptions.SectionName}:Oidc";

    /// <summary>The address of the OpenID provider, below which its <c>/.well-known/openid-configuration</c> lies.</summary>
    public string? Authority { get; init; }

    /// <summary>The only <c>iss</c> that is taken, to the letter; never what the provider says of itself.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The <c>aud</c> that a token for this hub bears.</summary>
    public string Audience { get; init; } = "";

    /// <summary>The claim that names roles: a text, or several; <c>scope</c> and <c>scp</c> are words with spaces between.</summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>The <c>typ</c> that is taken: <c>at+jwt</c>, unless an installation's provider is known to send another.</summary>
    public string[]? ValidTypes { get; init; }

    /// <summary>What each role may do. Whoever has several may do what any one of them allows.</summary>
    public Dictionary<string, OidcRole> Roles { get; init; } = [];

    public bool IsGiven => !string.IsNullOrWhiteSpace(Authority);
}

/// <summary>What a role may do; the same words as of a key.</summary>
internal sealed class OidcRole
{
    public string[]? Scopes { get; init; }

    /// <summary>Codes; null for all organisations.</summary>
    public string[]? Organisations { get; init; }

    /// <summary>Keys of sources; null for all of them.</summary>
    public string[]? Sources { get; init; }
}

internal sealed class OidcOptionsValidator : IValidateOptions<OidcOptions>
{
    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        var faults = options.IsGiven ? FaultsOf(options).ToList() : [];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(OidcOptions options)
    {
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || IsOwn(authority)))
        {
            yield return $"{nameof(options.Authority)} is '{options.Authority}'; expected an https address.";
        }

        foreach (var (field, text) in new[] { (nameof(options.Issuer), options.Issuer), (nameof(options.Audience), options.Audience), (nameof(options.RolesClaim), options.RolesClaim) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"{field} is missing.";
            }
        }

        if (options.Roles.Count == 0)
        {
            yield return $"{nameof(options.Roles)} is empty: nobody would be let in.";
        }
    }

    /// <summary>A provider on this machine can do without encryption.</summary>
    internal static bool IsOwn(Uri address) => address.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(address.Host, out var host) && IPAddress.IsLoopback(host);
}
