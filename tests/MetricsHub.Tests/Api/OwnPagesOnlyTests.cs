using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class OwnPagesOnlyTests
{
    [Theory]
    [InlineData("POST", "/jobs/recurring/remove", "Origin", "http://evil.example")]
    [InlineData("POST", "/jobs/recurring/trigger", "Origin", "null")]
    [InlineData("POST", "/jobs/recurring/trigger", "Origin", "https://localhost")]
    [InlineData("POST", "/jobs/recurring/trigger", "Origin", "http://localhost:8080")]
    [InlineData("POST", "/jobs/recurring/trigger", "Sec-Fetch-Site", "cross-site")]
    [InlineData("POST", "/jobs/recurring/trigger", "Sec-Fetch-Site", "same-site")]
    [InlineData("DELETE", "/api/v1/metrics", "Sec-Fetch-Site", "cross-site")]
    [InlineData("POST", "/api/v1/observations?source=sim-push", "Origin", "http://evil.example")]
    [InlineData("OPTIONS", "/", "Origin", "http://evil.example")]
    [InlineData("POST", "/nothing-here", "Origin", "http://evil.example")]
    public async Task Change_SentByAPageOfAnotherSite_IsRefused(string method, string address, string header, string value)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), address, (header, value));

        await response.AssertProblemAsync(StatusCodes.Status403Forbidden, "/problems/forbidden");
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Change_OriginOfItsOwnButCrossSite_IsRefused()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, "/jobs/recurring", ("Origin", "http://localhost"), ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", null, "")]
    [InlineData("POST", "Origin", "http://localhost")]
    [InlineData("POST", "Sec-Fetch-Site", "same-origin")]
    [InlineData("POST", "Sec-Fetch-Site", "none")]
    [InlineData("GET", "Sec-Fetch-Site", "cross-site")]
    [InlineData("GET", "Origin", "http://evil.example")]
    [InlineData("HEAD", "Origin", "http://evil.example")]
    public async Task Request_OfItsOwnPagesOrNoPageOrOnlyReading_Passes(string method, string? header, string value)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), "/jobs/recurring", header is null ? [] : [(header, value)]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
