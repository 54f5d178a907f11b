using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>Shows a set of keys on a loopback port, as an OpenID provider does, and signs tokens with the newest of them.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "metricshub";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> asked = new();
    private RsaSecurityKey key = NewKey();

    private TokenIssuer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>How often somebody has asked for the keys.</summary>
    public int Looks => asked.Count;

    /// <summary>Whether it shows nothing, as if it were broken.</summary>
    public bool IsAway { get; set; }

    /// <summary>What the hub has to be told of it: three roles.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Access:Oidc:Authority", Address), ("Access:Oidc:Issuer", Address), ("Access:Oidc:Audience", Audience),
        ("Access:Oidc:Roles:reader:Scopes:0", "read"),
        ("Access:Oidc:Roles:elsewhere:Scopes:0", "read"), ("Access:Oidc:Roles:elsewhere:Organisations:0", "QUY"),
        ("Access:Oidc:Roles:declarer:Scopes:0", "declare"), ("Access:Oidc:Roles:declarer:Organisations:0", "QXU"),
    ];

    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TokenIssuer(builder.Build());
        issuer.app.Run(issuer.AnswerAsync);
        await issuer.app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>A token that is right at an instant, but for what a test says: claims, null to leave one out.</summary>
    public string Token(DateTimeOffset at, string role = "reader", Dictionary<string, object?>? claims = null, string type = "at+jwt", SecurityKey? by = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var all = new Dictionary<string, object?>
        {
            ["iss"] = Address,
            ["aud"] = Audience,
            ["sub"] = "7",
            ["exp"] = at.AddMinutes(5).ToUnixTimeSeconds(),
            ["roles"] = (string[])[role],
        };
        foreach (var (name, value) in claims ?? [])
        {
            all[name] = value;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = all.Where(claim => claim.Value is not null).ToDictionary(claim => claim.Key, claim => claim.Value!),
            SigningCredentials = new SigningCredentials(by ?? key, algorithm),
            TokenType = type,
        });
    }

    /// <summary>The same that nobody has signed.</summary>
    public string Unsigned(DateTimeOffset at) => $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{Token(at).Split('.')[1]}.";

    /// <summary>The same signed with what everybody can read, as if it were a secret.</summary>
    public string SignedWithThePublicKey(DateTimeOffset at)
    {
        var known = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = key.KeyId };
        return Token(at, by: known, algorithm: SecurityAlgorithms.HmacSha256);
    }

    /// <summary>From now on there is another key, and the one before is not shown any more.</summary>
    public void Rotate() => key = NewKey();

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);

    private Task AnswerAsync(HttpContext context)
    {
        asked.Enqueue(context.Request.Path);
        if (IsAway)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        var shown = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.KeyId });
        return context.Response.WriteAsJsonAsync<object>(
            context.Request.Path == "/keys"
                ? new { keys = new[] { new { kty = shown.Kty, kid = shown.Kid, use = "sig", n = shown.N, e = shown.E } } }
                : new { issuer = Address, jwks_uri = $"{Address}/keys" });
    }
}
