using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/jobs")]
    [InlineData("/jobs/recurring")]
    public async Task Policy_BranchThatTakesItsPathAway_IsThatOfThePathAskedFor(string address)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(address);

        Assert.Equal("jobs", await response.TextAsync());
        Assert.Equal("object-src 'none'; base-uri 'self'; frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("/api/v1/metrics")]
    [InlineData("/nothing-here")]
    public async Task Policy_Data_AllowsNothing(string address)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(address);

        Assert.StartsWith("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }
}
