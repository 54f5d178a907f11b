using System.Net;
using Hangfire.Dashboard;

namespace MetricsHub.Jobs;

/// <summary>
/// Lets nobody at the job pages who comes from elsewhere: not over the network, not through a proxy, not at a port that others are let in at.
/// </summary>
/// <param name="publicPorts">Ports of the hub that something forwards to.</param>
internal sealed class OwnMachineOnly(IReadOnlyCollection<int> publicPorts) : IDashboardAuthorizationFilter
{
    // What proxies add, and what is left of it once it has been believed. A browser on this machine sends none of them.
    private static readonly string[] ForwardedBy = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Original-For", "X-Original-Proto", "X-Real-IP", "Via"];

    public bool Authorize(DashboardContext context) => IsFromHere(context.GetHttpContext());

    internal bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)
        && !publicPorts.Contains(context.Connection.LocalPort)
        && !Array.Exists(ForwardedBy, context.Request.Headers.ContainsKey);
}
