using System.Collections.Concurrent;
using System.Net;
using MetricsHub.Sources.Locations;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>A network in which names mean what a test says, and in which what looks public is on this machine. Connections are real.</summary>
internal sealed class FakeNetwork(Func<string, IPAddress[]> names, Func<IPEndPoint, IPEndPoint>? route = null) : INetwork
{
    private readonly SystemNetwork system = new();

    public ConcurrentQueue<IPEndPoint> Dialled { get; } = new();

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult(names(host));

    public Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Dialled.Enqueue(endPoint);
        return system.ConnectAsync(route is null ? endPoint : route(endPoint), cancellationToken);
    }
}
