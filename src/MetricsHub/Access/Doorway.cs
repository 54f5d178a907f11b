using System.Net;
using MetricsHub.Domain.Access;
using Microsoft.Extensions.Options;

namespace MetricsHub.Access;

/// <summary>Recognises who asks, and lets them in where the endpoint's rule does.</summary>
internal sealed partial class Doorway(Recogniser recogniser, AccessCheck check, IOptions<AccessOptions> options, ILogger<Doorway> logger)
{
    private const string Realm = "Bearer realm=\"MetricsHub\"";

    // Names under which people put keys into addresses, from where they get into logs and histories.
    private static readonly string[] KeyParameters = ["key", "apikey", "api_key", "api-key", "x-api-key", "access_token", "token", "authorization"];

    /// <summary>The rule of whatever answers; null where nothing of the hub does.</summary>
    public static AccessRule? RuleAt(HttpContext context) => context.GetEndpoint() switch
    {
        // What routing itself answers with: another method, another media type. It tells nothing.
        null or not RouteEndpoint => null,
        var endpoint => endpoint.Metadata.GetMetadata<AccessRule>() ?? AccessRule.Administration,
    };

    public async Task Recognise(HttpContext context, RequestDelegate next)
    {
        if (options.Value.Mode == AccessMode.Open)
        {
            context.Features.Set(Caller.Local);
        }
        else if (HasKeyInAddress(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "A key never stands in an address, from where it gets into logs: show it in a header, and have this one revoked.");
            return;
        }
        else if (RuleAt(context) is { } rule && rule != AccessRule.Open)
        {
            if (!options.Value.AllowPlainHttp && (IsOverheard(context) || context.Features.Get<LastHop>() is { IsOverheard: true }))
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "Keys travel encrypted only: use https. One that was sent without is to be revoked.");
                return;
            }

            var (caller, reason) = await recogniser.RecogniseAsync(context);
            context.Features.Set(caller);
            context.Features.Set(reason is null ? null : new Stranger(reason, HasShownSomething(context.Request)));
        }

        await next(context);
    }

    public async Task LetIn(HttpContext context, RequestDelegate next)
    {
        if (options.Value.Mode == AccessMode.Open || RuleAt(context) is not { Scope: not Scopes.None } rule)
        {
            await next(context);
        }
        else if (Caller.Of(context) is not { } caller)
        {
            var (reason, hasShown) = context.Features.Get<Stranger>()!;
            Log.NotRecognised(logger, context.Connection.RemoteIpAddress, context.Request.Method, context.Request.Path.ToUriComponent(), reason);
            context.Response.Headers.WWWAuthenticate = hasShown ? Challenge("invalid_token", reason) : Realm;
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, reason);
        }
        else if (await check.WhyNotAsync(context, rule, caller) is { } why)
        {
            Log.NotLetIn(logger, caller.Actor, context.Request.Method, context.Request.Path.ToUriComponent(), why);
            context.Response.Headers.WWWAuthenticate = Challenge("insufficient_scope", why);
            await RefuseAsync(context, StatusCodes.Status403Forbidden, why);
        }
        else
        {
            await next(context);
        }
    }

    public static async Task RefuseAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        var problems = context.RequestServices.GetRequiredService<IProblemDetailsService>();
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = status, Detail = detail } });
    }

    /// <summary>Whether others on the network can read the request. What ends encryption in front of the hub stands on its machine.</summary>
    internal static bool IsOverheard(HttpContext context) =>
        !context.Request.IsHttps && context.Connection.RemoteIpAddress is { } from && !IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from);

    /// <summary>As RFC 6750 §3 has it.</summary>
    private static string Challenge(string error, string reason) => $"{Realm}, error=\"{error}\", error_description=\"{reason.Replace('"', '\'')}\"";

    private static bool HasShownSomething(HttpRequest request) => request.Headers.Authorization.Count > 0 || request.Headers.ContainsKey(Recogniser.KeyHeader);

    private static bool HasKeyInAddress(HttpRequest request) =>
        request.QueryString.HasValue
        && request.Query.Any(pair =>
            KeyParameters.Contains(pair.Key, StringComparer.OrdinalIgnoreCase) || pair.Value.Any(text => text?.StartsWith(KeyText.Prefix, StringComparison.Ordinal) == true));

    /// <summary>Somebody who was not recognised, and why.</summary>
    /// <param name="HasShown">Whether they showed anything at all.</param>
    private sealed record Stranger(string Reason, bool HasShown);

    private static partial class Log
    {
        [LoggerMessage(EventId = 5200, Level = LogLevel.Warning, Message = "{Address} was not recognised at {Method} {Path}: {Reason}")]
        public static partial void NotRecognised(ILogger logger, IPAddress? address, string method, string path, string reason);

        [LoggerMessage(EventId = 5201, Level = LogLevel.Warning, Message = "{Actor} was not let in at {Method} {Path}: {Reason}")]
        public static partial void NotLetIn(ILogger logger, string actor, string method, string path, string reason);
    }
}
