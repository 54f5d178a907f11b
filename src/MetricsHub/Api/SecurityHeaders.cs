using MetricsHub.Pages;
using Microsoft.Extensions.Primitives;

namespace MetricsHub.Api;

/// <summary>What answers of one kind tell browsers not to do.</summary>
internal sealed class SecurityHeaders
{
    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";

    // A year. Browsers heed it over encryption only, and nothing under the hub's name answers without.
    private static readonly StringValues EncryptedOnly = "max-age=31536000; includeSubDomains";

    private static readonly SecurityHeaders Data = new("default-src 'none'; frame-ancestors 'none'", hasLinks: false);
    private static readonly SecurityHeaders StartPage = new(StartPageLayout.ContentSecurityPolicy, hasLinks: true);

    // Swagger UI sets styles inline and draws its icons from data addresses; its scripts are files of its own.
    private static readonly SecurityHeaders SwaggerUi = new(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        hasLinks: true);

    // The dashboard of the jobs writes scripts and styles into its pages; its package decides which.
    private static readonly SecurityHeaders Jobs = new("object-src 'none'; base-uri 'self'; frame-ancestors 'none'", hasLinks: true);

    private readonly StringValues policy;
    private readonly bool hasLinks;

    private SecurityHeaders(string policy, bool hasLinks) => (this.policy, this.hasLinks) = (policy, hasLinks);

    public static SecurityHeaders For(PathString path) =>
        path == "/" ? StartPage
        : path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? SwaggerUi
        : path.StartsWithSegments("/jobs", StringComparison.OrdinalIgnoreCase) ? Jobs
        : Data;

    public void Apply(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = NoSniff;
        if (response.HttpContext.Request.IsHttps)
        {
            response.Headers.StrictTransportSecurity = EncryptedOnly;
        }

        if (hasLinks)
        {
            response.Headers["Referrer-Policy"] = NoReferrer;
        }
    }

    /// <summary>
    /// Applied when an answer starts: the exception handler clears what was set before. Chosen by what was asked for, now: by the time
    /// that an answer starts, the dashboard of the jobs has moved its part of the path into the path base.
    /// </summary>
    public static RequestDelegate Middleware(RequestDelegate next) => context =>
    {
        var chosen = For(context.Request.Path);
        context.Response.OnStarting(() =>
        {
            chosen.Apply(context.Response);
            return Task.CompletedTask;
        });
        return next(context);
    };
}
