using System.Net;
using System.Net.Http.Json;
using MetricsHub.Tests.Api;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>What a token of an OpenID provider is worth. The provider is a set of keys on loopback; a real one is asked in the tests of integration.</summary>
public sealed class TokenAccessTests
{
    private const string Metrics = "/api/v1/metrics";

    private static readonly DateTimeOffset Now = AccessHost.Start;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. WrongTokens.Keys];

    private static Dictionary<string, (Func<TokenIssuer, string> Token, string Reason)> WrongTokens { get; } = new()
    {
        ["expired"] = (issuer => issuer.Token(Now, claims: new() { ["exp"] = Now.AddSeconds(-31).ToUnixTimeSeconds() }), "has expired"),
        ["not yet valid"] = (issuer => issuer.Token(Now, claims: new() { ["nbf"] = Now.AddSeconds(31).ToUnixTimeSeconds() }), "not valid yet"),
        ["without an end"] = (issuer => issuer.Token(Now, claims: new() { ["exp"] = null }), "no end (exp)"),
        ["without a subject"] = (issuer => issuer.Token(Now, claims: new() { ["sub"] = null }), "names nobody (sub)"),
        ["for somebody else"] = (issuer => issuer.Token(Now, claims: new() { ["aud"] = "another" }), "somebody else (aud)"),
        ["for nobody"] = (issuer => issuer.Token(Now, claims: new() { ["aud"] = null }), "somebody else (aud)"),
        ["of another issuer"] = (issuer => issuer.Token(Now, claims: new() { ["iss"] = "https://other.example.org" }), "another issuer (iss)"),
        ["of no issuer"] = (issuer => issuer.Token(Now, claims: new() { ["iss"] = null }), "another issuer (iss)"),
        ["an identity token"] = (issuer => issuer.Token(Now, type: "JWT"), "no access token (typ)"),
        ["unsigned"] = (issuer => issuer.Unsigned(Now), "not signed by one of RS256, PS256, ES256"),
        ["signed with the public key"] = (issuer => issuer.SignedWithThePublicKey(Now), "not signed by one of RS256, PS256, ES256"),
        ["signed with a longer hash"] = (issuer => issuer.Token(Now, algorithm: "RS512"), "not signed by one of RS256, PS256, ES256"),
        ["signed by a stranger"] = (issuer => issuer.Token(Now, by: TokenIssuer.NewKey()), "does not show (kid)"),
        ["with other claims than were signed"] = (issuer => Tampered(issuer.Token(Now), issuer.Token(Now, role: "declarer")), "signature of the token is wrong"),
        ["no token"] = (_ => "nothing", "neither a key of this hub nor a token"),
        ["three words"] = (_ => "a.b.c", "neither a key of this hub nor a token"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Token_ThatIsWrong_IsRefusedAndSaysWhy(string fault)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var (token, reason) = WrongTokens[fault];

        using var right = await host.GetAsync(Metrics, issuer.Token(Now));
        using var wrong = await host.GetAsync(Metrics, token(issuer));

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        var problem = await wrong.AssertProblemAsync(StatusCodes.Status401Unauthorized, "/problems/not-recognised");
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var challenge = Assert.Single(wrong.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.StartsWith("realm=\"MetricsHub\", error=\"invalid_token\", error_description=\"", challenge.Parameter, StringComparison.Ordinal);
        Assert.Contains(reason, challenge.Parameter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exp", -29)]
    [InlineData("nbf", 29)]
    public async Task Token_WithinTheSkewOfTheClocks_IsRecognised(string claim, int seconds)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);

        using var answer = await host.GetAsync(Metrics, issuer.Token(Now, claims: new() { [claim] = Now.AddSeconds(seconds).ToUnixTimeSeconds() }));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Token_WithoutARoleThatIsKnown_IsForbiddenAndSaysSo()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);

        using var answer = await host.GetAsync(Metrics, issuer.Token(Now, role: "Reader"));

        var problem = await answer.AssertProblemAsync(StatusCodes.Status403Forbidden, "/problems/forbidden");
        Assert.Equal("None of your roles is one that this hub knows.", problem.GetProperty("detail").GetString());
        Assert.Contains("error=\"insufficient_scope\"", Assert.Single(answer.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
    }

    /// <summary>Reading of QUY and declaring for QXU are not declaring for QUY.</summary>
    [Fact]
    public async Task Roles_OfOneToken_AreNeverPutTogether()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var token = issuer.Token(Now, claims: new() { ["roles"] = (string[])["elsewhere", "declarer"] });

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            [await ReadAsync("QUY"), await ReadAsync("QXU"), await DeclareAsync("QXU"), await DeclareAsync("QUY")]);

        async Task<HttpStatusCode> ReadAsync(string organisation)
        {
            using var answer = await host.GetAsync($"/api/v1/organisations/{organisation}/escalation", token);
            return answer.StatusCode;
        }

        async Task<HttpStatusCode> DeclareAsync(string organisation)
        {
            var body = JsonContent.Create(new { level = 4, reason = "Two wards closed", until = "2026-11-22T20:00:00Z" });
            body.Headers.Add("Idempotency-Key", "a");
            using var answer = await host.SendAsync(HttpMethod.Post, $"/api/v1/organisations/{organisation}/escalation/declarations", token, body);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("Dr A Ward", "Dr A Ward ()")]
    [InlineData("Dr A\r\nWard", "Dr A  Ward ()")]
    public async Task Actor_OfAToken_IsIssuerAndSubjectWithANameForPeople(string? name, string expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var body = JsonContent.Create(new { level = 4, reason = "Two wards closed", until = "2026-11-22T20:00:00Z" });
        body.Headers.Add("Idempotency-Key", "a");

        using var declared = await host.SendAsync(
            HttpMethod.Post, "/api/v1/organisations/QXU/escalation/declarations", issuer.Token(Now, "declarer", new() { ["name"] = name }), body);

        Assert.Equal(HttpStatusCode.OK, declared.StatusCode);
        var actor = Assert.Single(await host.Ledger.ListActionsAsync(1, Cancellation)).Actor;
        Assert.Equal(name is null ? $"{issuer.Address}|7" : expected.Replace("()", $"({issuer.Address}|7)", StringComparison.Ordinal), actor);
    }

    [Fact]
    public async Task Token_InTheHeaderOfKeys_IsNotRecognised()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var request = new HttpRequestMessage(HttpMethod.Get, Metrics) { Headers = { { "X-Api-Key", issuer.Token(Now) } } };

        using var answer = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Token_WhereNoProviderIsNamed_IsNotRecognised()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync();

        using var answer = await host.GetAsync(Metrics, issuer.Token(Now));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, issuer.Looks);
    }

    [Fact]
    public async Task Provider_ThatIsAwayFromTheStart_LetsNobodyInAndIsNotAskedByEveryRequest()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        issuer.IsAway = true;

        using var first = await host.GetAsync(Metrics, issuer.Token(Now));
        var looks = issuer.Looks;
        using var second = await host.GetAsync(Metrics, issuer.Token(Now));

        var problem = await first.AssertProblemAsync(StatusCodes.Status401Unauthorized, "/problems/not-recognised");
        Assert.Contains("does not answer", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Unauthorized, looks), (second.StatusCode, issuer.Looks));
        issuer.IsAway = false;
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        using var third = await host.GetAsync(Metrics, issuer.Token(host.Clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Provider_ThatGoesAway_HasItsKeysKept()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        using var first = await host.GetAsync(Metrics, issuer.Token(Now));
        issuer.IsAway = true;

        using var stranger = await host.GetAsync(Metrics, issuer.Token(Now, by: TokenIssuer.NewKey()));
        using var second = await host.GetAsync(Metrics, issuer.Token(Now));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK], [first.StatusCode, stranger.StatusCode, second.StatusCode]);
    }

    [Fact]
    public async Task Provider_AskedBecauseOfKeysThatNobodyKnows_IsAskedSeldom()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var strangers = TokenIssuer.NewKey();

        for (var request = 0; request < 50; request++)
        {
            using var answer = await host.GetAsync(Metrics, issuer.Token(Now, by: strangers));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        // Two at the first token, two more because its key was not among them; half a minute passes before the next.
        Assert.InRange(issuer.Looks, 2, 10);
    }

    [Fact]
    public async Task Provider_ThatHasANewKey_IsAskedForItAndTheOldOneEnds()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var host = await AccessHost.StartAsync(issuer.Settings);
        var old = issuer.Token(Now);
        using var before = await host.GetAsync(Metrics, old);
        issuer.Rotate();

        await WaitUntilAsync(host, issuer.Token(Now), HttpStatusCode.OK);
        await WaitUntilAsync(host, old, HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
    }

    [Theory]
    [InlineData("Access:Oidc:Authority", "http://login.example.org", "expected an https address")]
    [InlineData("Access:Oidc:Issuer", "", "Issuer is missing")]
    [InlineData("Access:Oidc:Audience", " ", "Audience is missing")]
    public async Task Start_WithAProviderHalfNamed_IsRefused(string setting, string value, string reason)
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => AccessHost.StartAsync([.. issuer.Settings, (setting, value)]));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Access:Oidc:Roles:reader:Scopes:0", "root")]
    [InlineData("Access:Oidc:Roles:reader:Organisations:0", "NOSUCH")]
    [InlineData("Access:Oidc:Roles:elsewhere:Scopes:0", "admin")]
    public async Task Start_WithARoleThatCannotBe_IsRefusedAndNamesIt(string setting, string value)
    {
        await using var issuer = await TokenIssuer.StartAsync();

        var refused = await Assert.ThrowsAsync<StartException>(() => AccessHost.StartAsync([.. issuer.Settings, (setting, value)]));

        Assert.Contains(string.Join(':', setting.Split(':')[..4]), refused.Message, StringComparison.Ordinal);
    }

    private static string Tampered(string signed, string wanted) => $"{signed.Split('.')[0]}.{wanted.Split('.')[1]}.{signed.Split('.')[2]}";

    private static async Task WaitUntilAsync(AccessHost host, string token, HttpStatusCode expected)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await host.GetAsync(Metrics, token);
            if (answer.StatusCode == expected)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
