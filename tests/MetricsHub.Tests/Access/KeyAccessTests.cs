using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MetricsHub.Access;
using MetricsHub.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>What a key is worth, from the day that it is given out to its end.</summary>
public sealed class KeyAccessTests
{
    private const string Metrics = "/api/v1/metrics";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "bearer ")]
    [InlineData("X-Api-Key", "")]
    public async Task Key_InAHeader_IsRecognised(string header, string before)
    {
        await using var host = await AccessHost.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, Metrics);
        request.Headers.Add(header, before + await host.KeyAsync("read"));

        using var answer = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-cache, private", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Key_InTwoHeaders_IsNotRecognised()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read");
        var request = new HttpRequestMessage(HttpMethod.Get, Metrics) { Headers = { { "Authorization", $"Bearer {key}" }, { "X-Api-Key", key } } };

        using var answer = await host.Client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("?api_key=")]
    [InlineData("?limit=")]
    [InlineData("?X-API-KEY=")]
    [InlineData("?access_token=")]
    public async Task Key_InTheAddress_IsRefusedEvenWithAGoodHeaderAndGetsIntoNoLog(string query)
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read");

        using var answer = await host.GetAsync($"{Metrics}{query}{key}", key);

        var problem = await answer.AssertProblemAsync(StatusCodes.Status400BadRequest, "/problems/bad-request");
        Assert.DoesNotContain(key, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WrongSecretOrUnknownId_IsAnsweredAlike()
    {
        await using var host = await AccessHost.StartAsync();
        var (id, known) = (AccessHost.IdOf(await host.KeyAsync("read")), KeyText.New());

        using var wrong = await host.GetAsync(Metrics, (known with { Id = id }).Reveal());
        using var unknown = await host.GetAsync(Metrics, known.Reveal());
        using var mistyped = await host.GetAsync(Metrics, known.Reveal()[..^1]);

        var said = (await wrong.AssertProblemAsync(StatusCodes.Status401Unauthorized, "/problems/not-recognised")).GetProperty("detail").GetString();
        Assert.Equal(said, (await unknown.AssertProblemAsync(StatusCodes.Status401Unauthorized, "/problems/not-recognised")).GetProperty("detail").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, mistyped.StatusCode);
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedAtOnceHereAndWithinFiveSecondsAfterAnotherProcess()
    {
        await using var host = await AccessHost.StartAsync();
        var (here, elsewhere, admin) = (await host.KeyAsync("read"), await host.KeyAsync("read"), await host.KeyAsync("admin"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, here));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, elsewhere));

        using var revoked = await host.SendAsync(HttpMethod.Delete, $"/api/v1/keys/{AccessHost.IdOf(here)}", admin);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, here));

        // Another process writes to the ledger; this one is not told.
        await host.Ledger.RevokeKeyAsync(AccessHost.IdOf(elsewhere), host.Clock.GetUtcNow(), "another process", Cancellation);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, elsewhere));
    }

    [Fact]
    public async Task Key_TimeOver_IsRefusedFromThatInstantOn()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read", days: 1);

        host.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, key));
    }

    [Fact]
    public async Task Key_UsedOften_IsEnteredOnceAMinute()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read");

        foreach (var (seconds, expected) in new[] { (0, 0), (59, 0), (1, 60), (30, 60) })
        {
            host.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await StatusAsync(host, key);
            Assert.Equal(AccessHost.Start.AddSeconds(expected), Assert.Single(await host.Ledger.ListKeysAsync(Cancellation)).LastUsedAt);
        }
    }

    [Fact]
    public async Task Secret_OfAKeyThatWasUsed_IsInNoLogAndInNoRow()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read");
        await StatusAsync(host, key);
        await StatusAsync(host, key[..^1]);
        using var wrongScope = await host.GetAsync("/api/v1/keys", key);

        var secret = key.Split('_')[2];
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Text.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, JsonSerializer.Serialize(await host.Ledger.ListKeysAsync(Cancellation)), StringComparison.Ordinal);
        Assert.Contains(host.Log.Entries, entry => entry.Text.Contains("was not let in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_ByAnAdministrator_ShowsTheKeyOnceAndKeepsWhoDidIt()
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");
        var wanted = new { owner = "Ward 7", scopes = (string[])["read", "declare"], organisations = (string[])["qxu"], expires = "2026-12-22T00:00:00Z" };

        using var created = await host.SendAsync(HttpMethod.Post, "/api/v1/keys", admin, JsonContent.Create(wanted));

        var answer = JsonElement.Parse(await created.TextAsync());
        var key = answer.GetProperty("text").GetString()!;
        Assert.True(created.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key));
        using var list = await host.GetAsync("/api/v1/keys", admin);
        var text = await list.TextAsync();
        Assert.DoesNotContain(key.Split('_')[2], text, StringComparison.Ordinal);
        var item = JsonElement.Parse(text).GetProperty("items").EnumerateArray().Single(item => item.GetProperty("owner").GetString() == "Ward 7");
        Assert.Equal(("QXU", "valid"), (item.GetProperty("organisations")[0].GetString(), item.GetProperty("status").GetString()));
        using var actions = await host.GetAsync("/api/v1/actions?limit=1", admin);
        var action = JsonElement.Parse(await actions.TextAsync()).GetProperty("items")[0];
        Assert.Equal(
            ("create-key", $"A test (key {AccessHost.IdOf(admin)})", $"key {AccessHost.IdOf(key)}"),
            (action.GetProperty("action").GetString(), action.GetProperty("actor").GetString(), action.GetProperty("object").GetString()));
        Assert.Contains("/api/v1/actions?limit=1&cursor=", actions.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ }""", "expires,owner,scopes")]
    [InlineData("""{ "owner": "x", "scopes": ["root"], "expires": "2026-12-22T00:00:00Z" }""", "scopes")]
    [InlineData("""{ "owner": "a\nb", "scopes": ["read"], "expires": "2026-12-22T00:00:00Z" }""", "owner")]
    [InlineData("""{ "owner": "x", "scopes": ["read"], "expires": "2027-11-22T12:00:01Z" }""", "expires")]
    [InlineData("""{ "owner": "x", "scopes": ["read"], "expires": "2026-11-22T12:00:00Z" }""", "expires")]
    [InlineData("""{ "owner": "x", "scopes": ["read"], "expires": "2026-12-22T00:00:00Z", "organisations": [], "sources": ["none"] }""", "organisations,sources")]
    [InlineData("""{ "owner": "x", "scopes": ["admin"], "expires": "2026-12-22T00:00:00Z", "organisations": ["QXU"] }""", "scopes")]
    public async Task Create_WhatCannotBe_IsRefusedFieldByField(string body, string fields)
    {
        await using var host = await AccessHost.StartAsync();

        using var answer = await host.SendAsync(HttpMethod.Post, "/api/v1/keys", await host.KeyAsync("admin"), JsonContent.Create(JsonElement.Parse(body)));

        Assert.Equal(fields, string.Join(',', (await answer.AssertInvalidAsync()).Order()));
        Assert.Single(await host.Ledger.ListKeysAsync(Cancellation));
    }

    [Fact]
    public async Task Requests_MoreThanAKeyHas_AreToldWhenToComeBackAndNobodyElseIs()
    {
        await using var host = await AccessHost.StartAsync(("Access:RequestsPerMinute", "2"));
        var (busy, other) = (await host.KeyAsync("read"), await host.KeyAsync("read"));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await StatusAsync(host, busy), await StatusAsync(host, busy)]);

        using var third = await host.GetAsync(Metrics, busy);

        await third.AssertProblemAsync(StatusCodes.Status429TooManyRequests, "/problems/too-many-requests");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, other));
        using var health = await host.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Strangers_WhoTryKeys_AreStoppedSooner()
    {
        await using var host = await AccessHost.StartAsync(("Access:UnrecognisedPerMinute", "3"));

        var found = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            found.Add(await StatusAsync(host, KeyText.New().Reveal()));
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], found);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, await host.KeyAsync("read")));
    }

    [Theory]
    [InlineData("10.1.2.3", "http", true)]
    [InlineData("::ffff:10.1.2.3", "http", true)]
    [InlineData("10.1.2.3", "https", false)]
    [InlineData("127.0.0.1", "http", false)]
    [InlineData("::ffff:127.0.0.1", "http", false)]
    [InlineData("::1", "http", false)]
    public void Request_WithoutEncryptionFromAnotherMachine_IsOverheard(string from, string scheme, bool isOverheard)
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme }, Connection = { RemoteIpAddress = IPAddress.Parse(from) } };

        Assert.Equal(isOverheard, Doorway.IsOverheard(context));
    }

    [Fact]
    public async Task OpenHub_AsksNobodyAndActsAsLocal()
    {
        await using var host = await AccessHost.StartAsync(("Access:Mode", "open"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, null));
        using var created = await host.SendAsync(
            HttpMethod.Post, "/api/v1/keys", null, JsonContent.Create(new { owner = "First", scopes = (string[])["admin"], expires = "2026-12-22T00:00:00Z" }));
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Equal("local", Assert.Single(await host.Ledger.ListActionsAsync(9, Cancellation)).Actor);
    }

    private static async Task<HttpStatusCode> StatusAsync(AccessHost host, string? key)
    {
        using var answer = await host.GetAsync(Metrics, key);
        return answer.StatusCode;
    }
}
