using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class ProblemsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/nothing-here")]
    [InlineData("/nothing-here")]
    [InlineData("/api/v1/metrics/no-such-metric")]
    [InlineData("/api/v1/metrics/NOT_A_KEY")]
    [InlineData("/api/v1/indicators/no-such-indicator")]
    [InlineData("/api/v1/frameworks/no-such-framework")]
    [InlineData("/api/v1/sources/no-such-source")]
    [InlineData("/api/v1/organisations/NOSUCH")]
    [InlineData("/api/v1/publications/not-a-hash")]
    [InlineData("/api/v1/publications/5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef")]
    public async Task Answer_NothingThere_IsA404Problem(string address)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(address);

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task Answer_LedgerThatIsAway_IsA503ThatSaysWhenToAskAgain()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Failure = new NpgsqlException("secret words", new IOException());

        using var response = await host.GetAsync("/api/v1/sources");

        await response.AssertProblemAsync(StatusCodes.Status503ServiceUnavailable, "/problems/unavailable");
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_AcceptCsvOnly_StillHasAProblemForItsError()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/nothing-here", ("Accept", "text/csv"));

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Theory]
    [InlineData("POST", "/api/v1/metrics")]
    [InlineData("DELETE", "/api/v1/organisations/QXU")]
    [InlineData("PUT", "/")]
    public async Task Answer_MethodNotAllowed_IsA405ProblemThatSaysWhatIs(string method, string address)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), address);

        await response.AssertProblemAsync(StatusCodes.Status405MethodNotAllowed, "/problems/method-not-allowed");
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/v1/metrics", "text/csv")]
    [InlineData("/api/v1/observations", "application/xml")]
    [InlineData("/api/v1/observations/latest", "text/html")]
    [InlineData("/api/v1/organisations/QXU/escalation", "application/json;q=0")]
    [InlineData("/api/v1/organisations/QXU/escalation/history?from=2024-01-01", "image/png")]
    public async Task Answer_NothingAcceptable_IsA406Problem(string address, string accept)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(address, ("Accept", accept));

        await response.AssertProblemAsync(StatusCodes.Status406NotAcceptable, "/problems/not-acceptable");
    }

    [Fact]
    public async Task Answer_BodyOfAnotherMediaType_IsA415Problem()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/body", new StringContent("a,b", Encoding.UTF8, "text/csv"), Cancellation);

        await response.AssertProblemAsync(StatusCodes.Status415UnsupportedMediaType, "/problems/unsupported-media-type");
    }

    [Fact]
    public async Task Answer_BodyThatIsNoJson_IsA400Problem()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/body", new StringContent("{", Encoding.UTF8, "application/json"), Cancellation);

        await response.AssertProblemAsync(StatusCodes.Status400BadRequest, "/problems/bad-request");
    }

    [Fact]
    public async Task Answer_HandlerThrows_IsA500ProblemWithoutTheInside()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/broken");

        await response.AssertProblemAsync(StatusCodes.Status500InternalServerError, "/problems/internal-error");
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Answer_StoreDown_IsA500AndIsNotKept()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Failure = new InvalidOperationException("secret words");
        using (var response = await host.GetAsync("/api/v1/observations"))
        {
            await response.AssertProblemAsync(StatusCodes.Status500InternalServerError, "/problems/internal-error");
        }

        host.Store.Failure = null;

        Assert.Equal(0, (await host.GetJsonAsync("/api/v1/observations")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/v1/metrics?page=2", "page")]
    [InlineData("/api/v1/organisations?kinds=system", "kinds")]
    [InlineData("/api/v1/organisations?kind=system&kind=region", "kind")]
    [InlineData("/api/v1/organisations?kind=hospital", "kind")]
    [InlineData("/api/v1/organisations?kind=", "kind")]
    [InlineData("/api/v1/organisations?date=31/03/2026", "date")]
    [InlineData("/api/v1/organisations?date=2026-02-30", "date")]
    [InlineData("/api/v1/organisations?parent=NOSUCH", "parent")]
    [InlineData("/api/v1/organisations?withoutParent=1", "withoutParent")]
    [InlineData("/api/v1/publications?source=nhs", "source")]
    [InlineData("/api/v1/publications?limit=0", "limit")]
    [InlineData("/api/v1/publications?limit=1001", "limit")]
    [InlineData("/api/v1/publications?limit=ten", "limit")]
    [InlineData("/api/v1/publications?cursor=%20%20", "cursor")]
    [InlineData("/api/v1/rejections?publication=123", "publication")]
    [InlineData("/api/v1/rejections?cursor=AAAA", "cursor")]
    [InlineData("/api/v1/organisations/QXU?at=2026-01-01", "at")]
    public async Task Request_OneWrongParameter_IsA400ProblemThatNamesIt(string address, string parameter)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(address);

        Assert.Equal([parameter], await response.AssertInvalidAsync());
    }

    [Fact]
    public async Task Request_EverythingWrong_IsToldAllOfItAtOnce()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/organisations?kind=x&parent=-&date=x&withoutParent=x&colour=red");

        Assert.Equal(["colour", "date", "kind", "parent", "withoutParent"], (await response.AssertInvalidAsync()).Order());
    }

    [Fact]
    public async Task Request_VeryLongUnknownEntries_AreNotRepeatedInTheAnswer()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/api/v1/observations?metric=" + new string('x', 3000));

        var problem = await response.AssertProblemAsync(StatusCodes.Status400BadRequest, "/problems/invalid-parameter");
        Assert.True(JsonSerializer.Serialize(problem).Length < 1000);
    }
}
