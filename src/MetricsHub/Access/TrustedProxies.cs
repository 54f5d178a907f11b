using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace MetricsHub.Access;

/// <summary>Whose word is taken for who asks, and whether encrypted. Without any named the hub believes what it sees itself.</summary>
internal static class TrustedProxies
{
    /// <summary>First of all, so that everything after it sees whoever asks and not the proxy.</summary>
    /// <exception cref="StartException">One that is named is neither an address nor a network, or the hub recognises nobody.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<AccessOptions>>().Value;
        if (options.TrustedProxies.Length == 0)
        {
            return;
        }

        if (options.Mode == AccessMode.Open)
        {
            throw new StartException("Access:TrustedProxies names a proxy, and the hub lets in whoever reaches it: set Access:Mode to keys (docs/access.md).");
        }

        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var text in options.TrustedProxies)
        {
            Add(forwarded, text);
        }

        app.Use((context, next) =>
        {
            context.Features.Set(new LastHop(Doorway.IsOverheard(context)));
            return next(context);
        });
        app.UseForwardedHeaders(forwarded);
    }

    private static void Add(ForwardedHeadersOptions forwarded, string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            forwarded.KnownProxies.Add(address);
        }
        else if (System.Net.IPNetwork.TryParse(text, out var network))
        {
            forwarded.KnownIPNetworks.Add(network);
        }
        else
        {
            throw new StartException($"Access:TrustedProxies names '{text}', which is neither an address such as 10.0.0.5 nor a network such as 10.0.0.0/24.");
        }
    }
}

/// <summary>The way from the last proxy to the hub, of which the proxy's word says nothing.</summary>
/// <param name="IsOverheard">Whether others on the network can read it.</param>
internal sealed record LastHop(bool IsOverheard);
