using MetricsHub.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>What needs a store that is away is answered with 503 and when to ask again: never with an empty answer, which would read as no figures.</summary>
internal sealed partial class StoreAwayHandler(IProblemDetailsService problems, ILogger<StoreAwayHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 10;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StoreException)
        {
            return false;
        }

        LogAway(httpContext.Request.Path, exception);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Detail = "The store of the observations does not answer. Nothing is lost; /api/v1/observations/latest has the last known figures, each with its age.",
            },
        });
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} could not be answered, for the store is away")]
    private partial void LogAway(string path, Exception exception);
}
