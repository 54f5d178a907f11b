using System.Globalization;
using System.Threading.RateLimiting;
using MetricsHub.Access.Tokens;
using MetricsHub.Storage;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace MetricsHub.Access;

internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSingleton<KeyBook>();
        services.AddSingleton<KeyIssuer>();
        services.AddTokens();
        services.AddSingleton<Recogniser>();
        services.AddSingleton<AccessCheck>();
        services.AddSingleton<Doorway>();
        services.AddHttpContextAccessor();
        services.AddSingleton<IActionOrigins, RequestOrigins>();
        services.AddHostedService<AccessNotices>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AccessOptions>>((limiter, access) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, access.Value));
            limiter.OnRejected = TellWhenAsync;
        });
        return services;
    }

    /// <summary>After routing: an endpoint says who is let in. Recognises first, so that each key has its own number of requests.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var doorway = app.Services.GetRequiredService<Doorway>();

        // At the start, not at the first token: a role may name what is not there.
        _ = app.Services.GetRequiredService<TokenRoles>();
        app.Use(doorway.Recognise);
        app.UseRateLimiter();
        app.Use(doorway.LetIn);
    }

    private static RateLimitPartition<string> PartitionOf(HttpContext context, AccessOptions options)
    {
        if (options.Mode == AccessMode.Open || Doorway.RuleAt(context) == AccessRule.Open)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return Caller.Of(context) is { } caller
            ? RateLimitPartition.GetFixedWindowLimiter(caller.Actor, _ => APerMinute(options.RequestsPerMinute))
            : RateLimitPartition.GetFixedWindowLimiter($"from {context.Connection.RemoteIpAddress}", _ => APerMinute(options.UnrecognisedPerMinute));
    }

    private static FixedWindowRateLimiterOptions APerMinute(int requests) => new() { PermitLimit = requests, Window = TimeSpan.FromMinutes(1) };

    private static async ValueTask TellWhenAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Doorway.RefuseAsync(context, StatusCodes.Status429TooManyRequests, $"More requests than you have in a minute; ask again in {seconds} seconds.");
    }
}
