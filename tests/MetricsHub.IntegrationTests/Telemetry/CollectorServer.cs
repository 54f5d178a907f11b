using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MetricsHub.IntegrationTests.Telemetry;

/// <summary>Takes what a hub sends by OTLP over HTTP, on a loopback port, and keeps it as it came.</summary>
internal sealed class CollectorServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private CollectorServer(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    /// <summary>Paths and bodies; text in them is readable, because protobuf keeps it as it is.</summary>
    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    public static async Task<CollectorServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new CollectorServer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
            server.Received.Enqueue((context.Request.Path, await reader.ReadToEndAsync(context.RequestAborted)));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Waits until something has come at a path that says all of some words.</summary>
    public async Task WaitForAsync(string path, string[] words, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        while (!Array.TrueForAll(words, word => Received.Any(received => received.Path == path && received.Body.Contains(word, StringComparison.Ordinal))))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience.Token);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
