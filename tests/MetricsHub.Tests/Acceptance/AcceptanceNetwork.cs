using System.Net;
using System.Net.Sockets;
using MetricsHub.Sources.Locations;

namespace MetricsHub.Tests.Acceptance;

/// <summary>What the network does instead of reaching the publisher.</summary>
internal enum NetworkFault
{
    None,
    NameNotFound,
    Refused,
}

/// <summary>A network in which every name is this machine, unless a fault says otherwise. Connections are real.</summary>
internal sealed class AcceptanceNetwork : INetwork
{
    // Nobody listens at the discard port of this machine.
    private const int ClosedPort = 9;

    private readonly SystemNetwork system = new();

    public NetworkFault Fault { get; set; }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Fault == NetworkFault.NameNotFound
        ? throw new SocketException((int)SocketError.HostNotFound)
        : Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    public Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
        system.ConnectAsync(Fault == NetworkFault.Refused ? new IPEndPoint(IPAddress.Loopback, ClosedPort) : endPoint, cancellationToken);
}
