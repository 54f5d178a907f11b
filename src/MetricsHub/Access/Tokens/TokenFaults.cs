using Microsoft.IdentityModel.Tokens;

namespace MetricsHub.Access.Tokens;

/// <summary>Why a token is worth nothing, for whoever shows it: which rule it breaks, never what it says.</summary>
internal static class TokenFaults
{
    public static string Describe(Exception? failure) => failure switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenNoExpirationException => "The token has no end (exp).",
        SecurityTokenInvalidAudienceException => "The token is meant for somebody else (aud).",
        SecurityTokenInvalidIssuerException => "The token is of another issuer (iss).",
        SecurityTokenInvalidTypeException => "The token is no access token (typ).",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed by a key that the provider does not show (kid).",
        SecurityTokenInvalidSignatureException => "The signature of the token is wrong.",
        _ => "The token cannot be read.",
    };
}
