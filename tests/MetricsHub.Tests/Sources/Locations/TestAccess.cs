using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>The hub's own HTTP clients. Publishers of tests are on the loopback, so private addresses are allowed unless a test says otherwise.</summary>
internal static class TestAccess
{
    public static readonly BreakerLimits Patient = new(int.MaxValue, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1));

    public static HttpAccess Create(
        TimeProvider? time = null, long maximumBytes = 20_000_000, bool privateNetwork = true, BreakerLimits? breaker = null, Action<IServiceCollection>? replace = null)
    {
        var clock = time ?? TimeProvider.System;
        var services = new ServiceCollection().AddSingleton(clock).AddLogging().AddSources("https://hub.example");
        replace?.Invoke(services);
        return new HttpAccess(
            services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>(),
            new HttpLimits(maximumBytes, TimeSpan.FromSeconds(30), privateNetwork),
            new SourceBreaker("test", breaker ?? Patient, clock, NullLogger<SourceBreaker>.Instance),
            clock);
    }
}
