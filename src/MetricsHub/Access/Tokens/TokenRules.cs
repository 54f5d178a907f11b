using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace MetricsHub.Access.Tokens;

/// <summary>What a token has to be. Nothing is left to the framework's defaults, which take any algorithm, any type and the provider's word for its name.</summary>
internal sealed class TokenRules(IOptions<OidcOptions> options, TimeProvider clock) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>Signatures by a key of which the hub has only the public half. With a shared secret whoever can check could sign.</summary>
    public static readonly IReadOnlyList<string> Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    /// <summary>By how much the provider's clock and this one may differ.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>How often at most the provider is asked again because a token bears a key that nobody knows.</summary>
    private static readonly TimeSpan RefreshRhythm = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ProviderPatience = TimeSpan.FromSeconds(5);

    public void Configure(string? name, JwtBearerOptions jwt)
    {
        var oidc = options.Value;
        jwt.Authority = oidc.Authority;
        jwt.RequireHttpsMetadata = !(oidc.Authority is { } address && OidcOptionsValidator.IsOwn(new Uri(address)));
        jwt.BackchannelTimeout = ProviderPatience;
        jwt.RefreshInterval = RefreshRhythm;
        jwt.MapInboundClaims = false;
        jwt.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidTypes = oidc.ValidTypes is { Length: > 0 } types ? types : ["at+jwt"],
            ValidAudience = oidc.Audience,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = ClockSkew,
            NameClaimType = "name",

            // In place of the library's own, which would also take the name that the provider's document gives.
            IssuerValidator = (issuer, _, _) => issuer == oidc.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException("Of another issuer."),

            // In place of the library's own, which asks the machine for the time.
            LifetimeValidator = (from, until, _, _) => IsWithin(from, until),
        };
    }

    public void Configure(JwtBearerOptions options) => Configure(Options.DefaultName, options);

    private bool IsWithin(DateTime? from, DateTime? until)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return until is null ? throw new SecurityTokenNoExpirationException("Without an end.")
            : now - ClockSkew >= until ? throw new SecurityTokenExpiredException("Expired.")
            : now + ClockSkew < from ? throw new SecurityTokenNotYetValidException("Not valid yet.")
            : true;
    }
}
