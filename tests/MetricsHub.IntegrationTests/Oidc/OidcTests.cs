using System.Net;
using Xunit;

namespace MetricsHub.IntegrationTests.Oidc;

/// <summary>Tokens of a real OpenID provider, shown to a real hub.</summary>
public sealed class OidcTests(OidcHub hub) : IClassFixture<OidcHub>
{
    private const string Metrics = "/api/v1/metrics";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reader", Metrics, HttpStatusCode.OK)]
    [InlineData("reader", "/api/v1/observations/latest", HttpStatusCode.OK)]
    [InlineData("reader", "/api/v1/keys", HttpStatusCode.Forbidden)]
    [InlineData("surrey", "/api/v1/organisations/QXU/escalation", HttpStatusCode.OK)]
    [InlineData("surrey", "/api/v1/organisations/QUY/escalation", HttpStatusCode.Forbidden)]
    [InlineData("several", "/api/v1/organisations/QUY/escalation", HttpStatusCode.Forbidden)]
    public async Task Token_OfAClientOfTheProvider_AllowsWhatItsRolesDo(string client, string address, HttpStatusCode expected)
    {
        var answer = await hub.AskAsync(address, await hub.Provider.TokenAsync(client, "metricshub", Cancellation), Cancellation);

        Assert.Equal(expected, answer.Status);
    }

    [Theory]
    [InlineData("""{ "claims": { "exp": 1 } }""", "The token has expired.")]
    [InlineData("""{ "claims": { "exp": null } }""", "The token has no end (exp).")]
    [InlineData("""{ "claims": { "aud": "another" } }""", "The token is meant for somebody else (aud).")]
    [InlineData("""{ "claims": { "iss": "https://login.example.org" } }""", "The token is of another issuer (iss).")]
    [InlineData("""{ "claims": { "sub": null } }""", "The token names nobody (sub).")]
    [InlineData("""{ "header": { "typ": "JWT" } }""", "The token is no access token (typ).")]
    [InlineData("""{ "header": { "kid": "unknown" }, "by": "a stranger" }""", "The token is signed by a key that the provider does not show (kid).")]
    [InlineData("""{ "by": "a stranger" }""", "The signature of the token is wrong.")]
    [InlineData("""{ "by": "nobody" }""", "The token is not signed by one of RS256, PS256, ES256.")]
    [InlineData("""{ "by": "the public key" }""", "The token is not signed by one of RS256, PS256, ES256.")]
    public async Task Token_ThatIsWrongInOneThing_Is401WithTheReason(string wanted, string reason)
    {
        var right = await hub.AskAsync(Metrics, await hub.Provider.SignAsync("{}", Cancellation), Cancellation);
        var wrong = await hub.AskAsync(Metrics, await hub.Provider.SignAsync(wanted, Cancellation), Cancellation);

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal((HttpStatusCode.Unauthorized, reason, $"realm=\"MetricsHub\", error=\"invalid_token\", error_description=\"{reason}\""), wrong);
    }

    [Fact]
    public async Task Token_ForAnotherAudienceOfTheSameProvider_Is401()
    {
        var answer = await hub.AskAsync(Metrics, await hub.Provider.TokenAsync("reader", "another", Cancellation), Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, "The token is meant for somebody else (aud)."), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task Token_TamperedWith_Is401()
    {
        var (reader, nobody) = (await hub.Provider.TokenAsync("reader", "metricshub", Cancellation), await hub.Provider.TokenAsync("nobody", "metricshub", Cancellation));
        var tampered = string.Join('.', nobody.Split('.')[0], reader.Split('.')[1], nobody.Split('.')[2]);

        var answer = await hub.AskAsync(Metrics, tampered, Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, "The signature of the token is wrong."), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task Token_WithoutARoleThatTheHubKnows_Is403WithTheReason()
    {
        var answer = await hub.AskAsync(Metrics, await hub.Provider.TokenAsync("nobody", "metricshub", Cancellation), Cancellation);

        const string Reason = "None of your roles is one that this hub knows.";
        Assert.Equal((HttpStatusCode.Forbidden, Reason, $"realm=\"MetricsHub\", error=\"insufficient_scope\", error_description=\"{Reason}\""), answer);
    }

    /// <summary>The provider takes new keys, and then goes away for good.</summary>
    [Fact]
    public async Task Provider_NewKeysThenGone_HasItsNewKeysTakenItsOldOnesRefusedAndItsLastOnesKept()
    {
        await using var own = new OidcHub();
        await own.InitializeAsync();
        var old = await own.Provider.TokenAsync("reader", "metricshub", Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await own.AskAsync(Metrics, old, Cancellation)).Status);

        await own.Provider.RotateAsync(Cancellation);
        var young = await own.Provider.TokenAsync("reader", "metricshub", Cancellation);
        await WaitUntilAsync(own, young, HttpStatusCode.OK);
        await WaitUntilAsync(own, old, HttpStatusCode.Unauthorized);
        var late = await own.Provider.TokenAsync("surrey", "metricshub", Cancellation);
        await own.Provider.KillAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await own.AskAsync(Metrics, old, Cancellation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await own.AskAsync(Metrics, late, Cancellation)).Status);
    }

    private static async Task WaitUntilAsync(OidcHub hub, string token, HttpStatusCode expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while ((await hub.AskAsync(Metrics, token, Cancellation)).Status != expected)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
