using System.Net;
using System.Net.Sockets;

namespace MetricsHub.Sources.Locations;

/// <summary>
/// Opens connections for HTTP, to public addresses only. It resolves the name, looks at the addresses, and connects to the very addresses
/// that it looked at: a name that changes its address in between, a redirect or an odd spelling of <c>127.0.0.1</c> gains nothing.
/// </summary>
/// <param name="privateNetwork">Whether addresses of this machine and of its network are allowed as well.</param>
internal sealed class GuardedConnector(INetwork network, bool privateNetwork)
{
    /// <exception cref="LocationException">One of the host's addresses may not be reached; nothing was sent to any of them.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await network.ResolveAsync(host.Host, cancellationToken);
        foreach (var address in addresses)
        {
            Check(host.Host, address);
        }

        SocketException? failure = null;
        foreach (var address in addresses)
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(address, host.Port), cancellationToken);
            }
            catch (SocketException exception)
            {
                // The next one may listen; if none does, the last failure is told.
                failure = exception;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    private void Check(string host, IPAddress address)
    {
        var kind = AddressKinds.Of(address);
        if (kind == AddressKind.Reserved)
        {
            throw new LocationException($"'{host}' is at {address}, where no publisher can be");
        }

        if (kind == AddressKind.Private && !privateNetwork)
        {
            throw new LocationException($"'{host}' is at {address}, a private address, and the location does not say privateNetwork: true");
        }
    }
}
