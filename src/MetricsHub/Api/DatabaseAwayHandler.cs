using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>What needs a database that does not answer for the moment is answered with 503 and when to ask again; every other fault stays a 500.</summary>
internal sealed partial class DatabaseAwayHandler(IProblemDetailsService problems, ILogger<DatabaseAwayHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 10;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not DbException { IsTransient: true })
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
                Detail = "The ledger of the hub does not answer. What it acknowledged is not lost; ask again later.",
            },
        });
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} could not be answered, for a database is away")]
    private partial void LogAway(string path, Exception exception);
}
