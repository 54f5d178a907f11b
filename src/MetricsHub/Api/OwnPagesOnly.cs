namespace MetricsHub.Api;

/// <summary>
/// Refuses what would change something when a page of another site sends it (cross-site request forgery). A browser on this machine
/// reaches the hub for any page that it shows, and says on whose behalf; reading is safe, because no answer allows another origin to see it.
/// </summary>
internal static class OwnPagesOnly
{
    public static void UseOwnPagesOnly(this WebApplication app)
    {
        var problems = app.Services.GetRequiredService<IProblemDetailsService>();
        app.Use(next => context => IsAllowed(context.Request) ? next(context) : RefuseAsync(context, problems));
    }

    /// <summary>What bears neither header comes from no browser, and passes: a program on this machine needs no page to deceive the hub.</summary>
    private static bool IsAllowed(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        // A page cannot set either header; browsers that do not know the first one send the second with every such request.
        return request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site
            ? site.ToString() is "same-origin" or "none"
            : request.Headers.Origin.Count == 0
                || string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task RefuseAsync(HttpContext context, IProblemDetailsService problems)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = StatusCodes.Status403Forbidden, Detail = "A page of another site sent this request; only the hub's own pages may." },
        });
    }
}
