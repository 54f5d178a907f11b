using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MetricsHub;

/// <summary>
/// Until the hub knows who is asking, it answers this machine only. Every endpoint that configuration, an environment variable or the
/// command line asks for passes here before it is bound.
/// </summary>
internal static class LoopbackOnly
{
    public static void ListenOnLoopbackOnly(this KestrelServerOptions options) =>
        options.ConfigureEndpointDefaults(endpoint =>
        {
            if (endpoint.IPEndPoint is not { } address || !IPAddress.IsLoopback(address.Address))
            {
                throw new StartException(
                    $"The hub refuses to listen on {endpoint}: it has no access control yet and answers this machine only. "
                    + "Use an address such as http://127.0.0.1:5080.");
            }
        });
}

/// <summary>A reason not to start that the person who starts the hub can mend; told in one line, without a stack trace.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
