using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace MetricsHub.Sources;

internal static class SourcesSetup
{
    /// <summary>The named client that fetches from publishers.</summary>
    public const string HttpClientName = "sources";

    /// <param name="contact">A URL or e-mail address by which a publisher can reach whoever runs this hub; null where none is given.</param>
    public static IServiceCollection AddSources(this IServiceCollection services, string? contact)
    {
        services.AddHttpClient(HttpClientName, client =>
            {
                client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent(contact));

                // Every fetch has a deadline of its own, which also covers the body; this one would end at the headers.
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // Redirects are followed by hand, so that every host on the way is checked.
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .AddResilienceHandler(HttpClientName, (pipeline, context) =>
            {
                pipeline.TimeProvider = context.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;

                // Three tries at server errors, 408, 429 and broken connections; any other 4xx will be the same next time.
                pipeline.AddRetry(new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 2,
                    Delay = TimeSpan.FromSeconds(1),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldRetryAfterHeader = true,
                });
            });
        return services;
    }

    /// <summary><c>MetricsHub/0.1.0 (+https://example.nhs.uk/metricshub)</c>: publishers are told who asks.</summary>
    internal static string UserAgent(string? contact)
    {
        var version = typeof(SourcesSetup).Assembly.GetName().Version!.ToString(3);
        return string.IsNullOrWhiteSpace(contact) ? $"MetricsHub/{version}" : $"MetricsHub/{version} (+{contact.Trim()})";
    }
}
