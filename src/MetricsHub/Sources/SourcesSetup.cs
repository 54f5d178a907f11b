using System.Net;
using MetricsHub.Sources.Locations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Polly;

namespace MetricsHub.Sources;

internal static class SourcesSetup
{
    private const string PublicClient = "sources";
    private const string PrivateClient = "sources-private";

    /// <summary>
    /// The named client that fetches from publishers. There are two, because a connection that is kept open must not be used by a location
    /// that was not allowed to open it.
    /// </summary>
    /// <param name="privateNetwork">Whether it may reach this machine and the network that it stands in.</param>
    public static string HttpClientName(bool privateNetwork) => privateNetwork ? PrivateClient : PublicClient;

    /// <param name="contact">A URL or e-mail address by which a publisher can reach whoever runs this hub; null where none is given.</param>
    public static IServiceCollection AddSources(this IServiceCollection services, string? contact)
    {
        services.TryAddSingleton<INetwork, SystemNetwork>();
        services.AddClient(contact, privateNetwork: false);
        services.AddClient(contact, privateNetwork: true);
        return services;
    }

    private static void AddClient(this IServiceCollection services, string? contact, bool privateNetwork)
    {
        services.AddHttpClient(HttpClientName(privateNetwork), client =>
            {
                client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent(contact));

                // Every fetch has a deadline of its own, which also covers the body; this one would end at the headers.
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(new GuardedConnector(provider.GetRequiredService<INetwork>(), privateNetwork)))
            .AddResilienceHandler(HttpClientName(privateNetwork), (pipeline, context) =>
            {
                pipeline.TimeProvider = context.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
                pipeline.AddRetry(FetchTries.Retry(pipeline.TimeProvider));
            });
    }

    private static SocketsHttpHandler Handler(GuardedConnector connector) => new()
    {
        ConnectCallback = (context, cancellationToken) => connector.ConnectAsync(context.DnsEndPoint, cancellationToken),

        // A proxy would connect in the hub's stead, to addresses that nobody has looked at.
        UseProxy = false,

        // Redirects are followed by hand, so that every host on the way is checked.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64, // kilobytes
    };

    /// <summary><c>MetricsHub/0.1.0 (+https://example.nhs.uk/metricshub)</c>: publishers are told who asks.</summary>
    internal static string UserAgent(string? contact)
    {
        var version = typeof(SourcesSetup).Assembly.GetName().Version!.ToString(3);
        return string.IsNullOrWhiteSpace(contact) ? $"MetricsHub/{version}" : $"MetricsHub/{version} (+{contact.Trim()})";
    }
}
