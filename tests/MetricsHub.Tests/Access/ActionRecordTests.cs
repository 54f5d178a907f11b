using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MetricsHub.Access;
using MetricsHub.Storage;
using MetricsHub.Storage.Ledger;
using MetricsHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>The record of who did what: from where, by which request, and that nobody has changed it since.</summary>
public sealed class ActionRecordTests
{
    private const string Check = "/api/v1/actions/check";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Action_ByARequest_HasItsAddressAndTrace()
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");

        using var created = await CreateAsync(host, admin);

        var (byRequest, byHand) = ((await ActionsAsync(host, admin))[0], (await ActionsAsync(host, admin))[1]);
        Assert.Equal("127.0.0.1", byRequest.GetProperty("address").GetString());
        Assert.Matches("^[0-9a-f]{32}$", byRequest.GetProperty("traceId").GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (byHand.GetProperty("address").ValueKind, byHand.GetProperty("traceId").ValueKind));
    }

    [Fact]
    public async Task Record_NobodyTouched_IsWholeAndTellsItsNewestSeal()
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");
        await host.KeyAsync("read");

        var check = await CheckAsync(host, admin);

        Assert.True(check.GetProperty("isWhole").GetBoolean());
        Assert.Equal((2, JsonValueKind.Null), (check.GetProperty("sound").GetInt32(), check.GetProperty("brokenAt").ValueKind));
        Assert.Matches("^[0-9a-f]{64}$", check.GetProperty("newest").GetProperty("seal").GetString());
        Assert.Equal((await ActionsAsync(host, admin))[0].ToString(), check.GetProperty("newest").ToString());
    }

    [Theory]
    [InlineData("UPDATE actions SET actor = 'nobody' WHERE number = 2")]
    [InlineData("UPDATE actions SET address = '10.0.0.1' WHERE number = 2")]
    [InlineData("UPDATE actions SET acted_at = acted_at + INTERVAL 1 SECOND WHERE number = 2")]
    [InlineData("UPDATE actions SET object = object || detail, detail = '' WHERE number = 2")]
    [InlineData("UPDATE action_seal SET sha256 = repeat('a', 64) WHERE number = 2")]
    [InlineData("DELETE FROM action_seal WHERE number = 2")]
    [InlineData("DELETE FROM actions WHERE number = 2")]
    public async Task Record_ChangedBehindTheHubsBack_IsBrokenThere(string change)
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");
        await host.KeyAsync("read");
        await host.KeyAsync("write");
        await ChangeAsync(host, change);

        var check = await CheckAsync(host, admin);

        Assert.False(check.GetProperty("isWhole").GetBoolean());
        Assert.Equal(change.StartsWith("DELETE FROM actions", StringComparison.Ordinal) ? 3 : 2, check.GetProperty("brokenAt").GetInt32());
        Assert.Equal(1, check.GetProperty("sound").GetInt32());
    }

    [Fact]
    public async Task Record_NewestTakenAwayButForItsSeal_IsBroken()
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");
        await host.KeyAsync("read");
        await ChangeAsync(host, "DELETE FROM actions WHERE number = 2");

        Assert.Equal(2, (await CheckAsync(host, admin)).GetProperty("brokenAt").GetInt32());
    }

    [Fact]
    public async Task Actions_FromBeforeThereWereSeals_AreSealedWithTheNextOne()
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");
        await host.KeyAsync("read");
        await ChangeAsync(host, "DELETE FROM action_seal");
        Assert.False((await CheckAsync(host, admin)).GetProperty("isWhole").GetBoolean());

        await host.KeyAsync("write");

        var check = await CheckAsync(host, admin);
        Assert.Equal((true, 3), (check.GetProperty("isWhole").GetBoolean(), check.GetProperty("sound").GetInt32()));
    }

    [Theory]
    [InlineData("127.0.0.1", "10.1.2.3", "https", "10.1.2.3", HttpStatusCode.OK)]
    [InlineData("127.0.0.0/8", "10.1.2.3", "https", "10.1.2.3", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "10.9.9.9, 10.1.2.3", "https, https", "10.1.2.3", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "10.1.2.3", "http", null, HttpStatusCode.BadRequest)]
    [InlineData("10.0.0.5", "10.1.2.3", "https", "127.0.0.1", HttpStatusCode.OK)]
    [InlineData(null, "10.1.2.3", "https", "127.0.0.1", HttpStatusCode.OK)]
    public async Task Address_ThatAProxyTells_IsBelievedOfThoseThatAreTrusted(string? trusted, string from, string scheme, string? address, HttpStatusCode expected)
    {
        await using var host = await AccessHost.StartAsync(trusted is null ? [] : [("Access:TrustedProxies:0", trusted)]);
        var admin = await host.KeyAsync("admin");

        using var created = await CreateAsync(host, admin, ("X-Forwarded-For", from), ("X-Forwarded-Proto", scheme));

        Assert.Equal(expected, created.StatusCode);
        var newest = (await host.Ledger.ListActionsAsync(1, Cancellation))[0];
        Assert.Equal(address, newest.Address);

        // Over encryption as far as the caller is concerned: their browser is told to stay there.
        Assert.Equal(address == "10.1.2.3", created.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("keys", "proxy.example.org")]
    [InlineData("open", "127.0.0.1")]
    public async Task Start_WithAProxyThatCannotBeTrusted_IsRefused(string mode, string proxy)
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => AccessHost.StartAsync(("Access:Mode", mode), ("Access:TrustedProxies:0", proxy)));

        Assert.StartsWith("Access:TrustedProxies names", refused.Message, StringComparison.Ordinal);
    }

    private static Task<int> ChangeAsync(AccessHost host, string sql) =>
        host.Services.GetRequiredService<ILedgerDatabase>().WriteAsync(connection => connection.Execute(sql), _ => { }, Cancellation);

    private static async Task<JsonElement> CheckAsync(AccessHost host, string admin)
    {
        using var answer = await host.GetAsync(Check, admin);
        return JsonElement.Parse(await answer.TextAsync());
    }

    private static async Task<JsonElement> ActionsAsync(AccessHost host, string admin)
    {
        using var answer = await host.GetAsync("/api/v1/actions", admin);
        return JsonElement.Parse(await answer.TextAsync()).GetProperty("items");
    }

    private static Task<HttpResponseMessage> CreateAsync(AccessHost host, string admin, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys")
        {
            Content = JsonContent.Create(new { owner = "Ward 7", scopes = (string[])["read"], expires = "2026-12-22T00:00:00Z" }),
            Headers = { { Recogniser.KeyHeader, admin } },
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return host.Client.SendAsync(request, Cancellation);
    }
}
