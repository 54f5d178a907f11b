using System.Net;
using MetricsHub.Access;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MetricsHub;

/// <summary>A hub that asks nobody who they are answers this machine only.</summary>
internal static class LoopbackOnly
{
    /// <summary>
    /// Every endpoint that configuration, an environment variable or the command line asks for passes here before it is bound.
    /// </summary>
    /// <exception cref="StartException">Configuration names no way of access that there is.</exception>
    public static void ListenWhereAccessAllows(this KestrelServerOptions options, IConfiguration configuration)
    {
        if (AccessOptions.ModeIn(configuration) != AccessMode.Open)
        {
            return;
        }

        options.ConfigureEndpointDefaults(endpoint =>
        {
            if (endpoint.IPEndPoint is not { } address || !IPAddress.IsLoopback(address.Address))
            {
                throw new StartException(
                    $"The hub refuses to listen on {endpoint}: without access control it answers this machine only. "
                    + "Use an address such as http://127.0.0.1:5080, or set Access:Mode to keys (docs/access.md).");
            }
        });
    }

    /// <summary>
    /// Refuses requests for any host name that is not this machine's own: a page in a browser must not reach the hub under a name of
    /// its making (DNS rebinding). The framework's own filter answers in HTML. Where a key is asked for, no page has one to send.
    /// </summary>
    public static void UseLoopbackNamesOnly(this WebApplication app)
    {
        if (AccessOptions.ModeIn(app.Configuration) != AccessMode.Open)
        {
            return;
        }

        var problems = app.Services.GetRequiredService<IProblemDetailsService>();
        app.Use(next => context => IsLoopbackName(context.Request.Host.Host) ? next(context) : RefuseAsync(context, problems));
    }

    private static bool IsLoopbackName(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    private static async Task RefuseAsync(HttpContext context, IProblemDetailsService problems)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = StatusCodes.Status400BadRequest, Detail = "The hub answers to localhost only; the request names another host." },
        });
    }
}

/// <summary>A reason not to start that the person who starts the hub can mend; its message is the last thing that they read.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
