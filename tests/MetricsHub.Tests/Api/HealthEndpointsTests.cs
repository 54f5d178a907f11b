using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Live_Always_IsLive()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Failure = new InvalidOperationException("secret words");

        Assert.Equal("live", (await host.GetJsonAsync("/health/live")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Ready_StoresAnswer_SaysWhatWasLookedAt()
    {
        await using var host = await ApiHost.StartAsync();

        var health = await host.GetJsonAsync("/health/ready");

        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(["store", "ledger", "catalogue"], health.GetProperty("checks").Texts("name"));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_AskedWithHead_Answers(string address)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Head, address);

        Assert.Equal(StatusCodes.Status200OK, (int)response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData(true, false, "store")]
    [InlineData(false, true, "ledger")]
    public async Task Ready_OneDoesNotAnswer_IsA503ThatNamesItAndNothingElse(bool storeFails, bool ledgerFails, string named)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Failure = storeFails ? new InvalidOperationException("secret words") : null;
        host.Ledger.Failure = ledgerFails ? new InvalidOperationException("secret words") : null;

        using var response = await host.GetAsync("/health/ready");

        var problem = await response.AssertProblemAsync(StatusCodes.Status503ServiceUnavailable, "/problems/not-ready");
        Assert.Contains($"The {named} does not answer", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, problem.GetProperty("checks").Texts("status").Count(status => status == "ok"));
    }
}
