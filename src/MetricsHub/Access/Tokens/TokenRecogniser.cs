using System.Security.Claims;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace MetricsHub.Access.Tokens;

/// <summary>Finds out who is asking, by the token of an OpenID provider that they show.</summary>
internal sealed partial class TokenRecogniser(
    IOptions<OidcOptions> options, IOptionsMonitor<JwtBearerOptions> jwt, TokenRoles roles, TimeProvider clock, ILogger<TokenRecogniser> logger)
{
    public const string Scheme = "oidc";

    private const int LongestName = 100;

    // A provider that gave no answer is not asked by every request that comes meanwhile.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long askAgainTicks;

    /// <summary>Whether tokens are taken at all.</summary>
    public bool IsOn => options.Value.IsGiven;

    /// <returns>Whom it is, or else why nobody is recognised: a sentence for whoever asks.</returns>
    public async ValueTask<(Caller? Caller, string? Reason)> RecogniseAsync(HttpContext context, string token)
    {
        if (AlgorithmOf(token) is not { } algorithm)
        {
            return (null, "What was shown is neither a key of this hub nor a token, or is mistyped.");
        }

        if (!TokenRules.Algorithms.Contains(algorithm))
        {
            return (null, $"The token is not signed by one of {string.Join(", ", TokenRules.Algorithms)}.");
        }

        if (!await HasKeysAsync(context.RequestAborted))
        {
            return (null, "The provider of the tokens does not answer, and its keys are not known yet.");
        }

        var result = await context.AuthenticateAsync(Scheme);
        return result.Principal is not { } principal ? (null, TokenFaults.Describe(result.Failure))
            : principal.FindFirstValue(JwtRegisteredClaimNames.Sub) is not { Length: > 0 } subject ? (null, "The token names nobody (sub).")
            : (new Caller(OneLine.Of(ActorOf(principal, subject)), roles.Of(RolesOf(principal))), null);
    }

    private static string? AlgorithmOf(string token)
    {
        try
        {
            return new JsonWebToken(token).Alg;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Issuer and subject, which nobody else bears; before them a name for people, where the token has one.</summary>
    private static string ActorOf(ClaimsPrincipal principal, string subject)
    {
        var identity = $"{principal.FindFirstValue(JwtRegisteredClaimNames.Iss)}|{subject}";
        return principal.Identity?.Name?.Trim() is { Length: > 0 } name ? $"{(name.Length <= LongestName ? name : name[..LongestName])} ({identity})" : identity;
    }

    private IEnumerable<string> RolesOf(ClaimsPrincipal principal)
    {
        var stated = principal.FindAll(options.Value.RolesClaim).Select(claim => claim.Value);
        return options.Value.RolesClaim is "scope" or "scp" ? stated.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : stated;
    }

    /// <summary>Whether there are keys to hold a signature against. Once there are, they stay while the provider is away.</summary>
    private async ValueTask<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow().UtcTicks < Volatile.Read(ref askAgainTicks))
        {
            return false;
        }

        try
        {
            _ = await jwt.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException exception)
        {
            Volatile.Write(ref askAgainTicks, (clock.GetUtcNow() + Pause).UtcTicks);
            Log.ProviderAway(logger, options.Value.Authority, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5300, Level = LogLevel.Error, Message = "The OpenID provider {Authority} gave no keys; nobody is recognised by a token")]
        public static partial void ProviderAway(ILogger logger, string? authority, Exception exception);
    }
}
