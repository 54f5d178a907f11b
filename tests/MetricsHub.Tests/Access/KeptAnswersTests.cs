using System.Net;
using MetricsHub.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Access;

/// <summary>Answers that are kept for those who may do the same, and for nobody else.</summary>
public sealed class KeptAnswersTests
{
    private const string Level = "/api/v1/organisations/QXU/escalation";

    [Theory]
    [InlineData(Level)]
    [InlineData("/api/v1/observations.csv?organisation=QXU")]
    [InlineData("/api/v1/metrics")]
    [InlineData("/")]
    public async Task Answer_ToARecognisedCaller_HasATagAndIsA304WhenAskedAgain(string address)
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read");
        using var first = await host.GetAsync(address, key);

        using var again = await AskAsync(host, address, key, first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("no-cache, private", again.Headers.CacheControl!.ToString());
        Assert.Equal(["Accept", "Authorization", "X-Api-Key"], again.Headers.Vary);
        Assert.Empty(await again.TextAsync());
    }

    [Fact]
    public async Task Answer_AskedAgainSoonByAnotherKeyThatMayDoTheSame_IsTheKeptOne()
    {
        await using var host = await AccessHost.StartAsync();
        var (one, other) = (await host.KeyAsync("read", organisations: "QXU,QUY"), await host.KeyAsync("read", organisations: "QUY,QXU"));
        using var first = await host.GetAsync(Level, one);
        host.Clock.Advance(TimeSpan.FromSeconds(14));

        using var second = await host.GetAsync(Level, other);

        Assert.Equal(TimeSpan.FromSeconds(14), second.Headers.Age);
        Assert.Equal(await first.TextAsync(), await second.TextAsync());
    }

    [Theory]
    [InlineData("read,write", null, null)]
    [InlineData("admin", null, null)]
    [InlineData("read", "QXU", null)]
    public async Task Answer_OfACallerWhoMayDoOtherThings_IsMadeAnewWithATagOfItsOwn(string scopes, string? organisations, string? sources)
    {
        await using var host = await AccessHost.StartAsync();
        var (one, other) = (await host.KeyAsync("read"), await host.KeyAsync(scopes, organisations, sources));
        using var first = await host.GetAsync(Level, one);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        using var second = await AskAsync(host, Level, other, first.Headers.ETag!.ToString());

        Assert.Equal((HttpStatusCode.OK, TimeSpan.Zero), (second.StatusCode, second.Headers.Age));
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
    }

    /// <summary>Whoever may not ask is not told that nothing has changed either.</summary>
    [Fact]
    public async Task Answer_ThatIsKept_IsGivenToNobodyWhoIsNotLetIn()
    {
        await using var host = await AccessHost.StartAsync();
        var key = await host.KeyAsync("read");
        using var first = await host.GetAsync(Level, key);
        var tag = first.Headers.ETag!.ToString();
        await host.Services.GetRequiredService<MetricsHub.Access.KeyIssuer>().RevokeAsync(AccessHost.IdOf(key), "a test", TestContext.Current.CancellationToken);

        using var revoked = await AskAsync(host, Level, key, tag);
        using var nobody = await AskAsync(host, Level, null, tag);
        using var elsewhere = await AskAsync(host, Level, await host.KeyAsync("read", organisations: "QUY"), tag);
        using var writer = await AskAsync(host, Level, await host.KeyAsync("write"), tag);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            [revoked.StatusCode, nobody.StatusCode, elsewhere.StatusCode, writer.StatusCode]);
        Assert.All([revoked, nobody, elsewhere, writer], answer => Assert.Equal("no-store", answer.Headers.CacheControl!.ToString()));
    }

    [Theory]
    [InlineData("/api/v1/keys")]
    [InlineData("/api/v1/actions")]
    [InlineData("/api/v1/actions/check")]
    public async Task Answer_ToAnAdministratorOnly_IsNeverKept(string address)
    {
        await using var host = await AccessHost.StartAsync();

        using var answer = await host.GetAsync(address, await host.KeyAsync("admin"));

        Assert.Null(answer.Headers.ETag);
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Answer_ThatIsKept_CountsAmongTheRequestsOfWhoeverAsks()
    {
        await using var host = await AccessHost.StartAsync(("Access:RequestsPerMinute", "2"));
        var key = await host.KeyAsync("read");

        var found = new List<HttpStatusCode>();
        for (var request = 0; request < 3; request++)
        {
            using var answer = await host.GetAsync(Level, key);
            found.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], found);
    }

    private static Task<HttpResponseMessage> AskAsync(AccessHost host, string address, string? key, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        return host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
