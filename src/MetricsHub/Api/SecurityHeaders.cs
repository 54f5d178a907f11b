using MetricsHub.Pages;

namespace MetricsHub.Api;

/// <summary>What every answer tells browsers not to do.</summary>
internal static class SecurityHeaders
{
    private const string NothingButFraming = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI sets styles inline and draws its icons from data addresses; its scripts are files of its own.
    private const string SwaggerUi =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // The dashboard of the jobs writes scripts and styles into its pages; its package decides which.
    private const string Jobs = "object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

    public static void Apply(HttpResponse response, PathString path)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = PolicyFor(path);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>Applied when the answer starts: the exception handler clears what was set before.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        context.Response.OnStarting(
            static state =>
            {
                var current = (HttpContext)state;
                Apply(current.Response, current.Request.Path);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    });

    private static string PolicyFor(PathString path) =>
        path.StartsWithSegments(ApiSetup.Root, StringComparison.Ordinal) ? NothingButFraming
        : path == "/" ? StartPageLayout.ContentSecurityPolicy
        : path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? SwaggerUi
        : path.StartsWithSegments("/jobs", StringComparison.OrdinalIgnoreCase) ? Jobs
        : NothingButFraming;
}
