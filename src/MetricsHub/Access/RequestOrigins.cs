using System.Diagnostics;
using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>The request by which somebody acts. Behind proxies that are trusted the address is the one that they saw.</summary>
internal sealed class RequestOrigins(IHttpContextAccessor requests) : IActionOrigins
{
    public (string? Address, string? Trace) Current => requests.HttpContext is { } request
        ? (request.Connection.RemoteIpAddress?.ToString(), Activity.Current?.TraceId.ToHexString() ?? request.TraceIdentifier)
        : default;
}
