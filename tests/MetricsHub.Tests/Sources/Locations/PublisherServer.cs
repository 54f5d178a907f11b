using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>A small publisher on a loopback port, spoken to over real HTTP.</summary>
internal sealed class PublisherServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private PublisherServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>Every request's path, in order.</summary>
    public ConcurrentQueue<(string Path, string UserAgent)> Requests { get; } = new();

    public static async Task<PublisherServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new PublisherServer(app);
        app.Run(async context =>
        {
            server.Requests.Enqueue((context.Request.Path, context.Request.Headers.UserAgent.ToString()));
            await answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
