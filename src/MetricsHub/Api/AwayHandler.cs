using System.Data.Common;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>
/// What needs a store or a ledger that is away is answered with 503 and when to ask again: never with an empty answer, which would read as
/// no figures. Every other fault stays a 500.
/// </summary>
internal sealed partial class AwayHandler(IProblemDetailsService problems, ILogger<AwayHandler> logger) : IExceptionHandler
{
    private const int RetryAfterSeconds = 10;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (DetailOf(exception) is not { } detail)
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
                Detail = detail,
            },
        });
        return true;
    }

    /// <summary>What is away; null where the fault is another.</summary>
    private static string? DetailOf(Exception exception) => exception switch
    {
        StoreException => "The store of the observations does not answer. Nothing is lost; /api/v1/observations/latest has the last known figures, each with its age.",
        DiskException => "The disk of the hub fails or is full. What it acknowledged is not lost; ask again later.",
        DbException { IsTransient: true } => "The ledger of the hub does not answer. What it acknowledged is not lost; ask again later.",
        _ => null,
    };

    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "{Path} could not be answered, for what it needs is away")]
    private partial void LogAway(string path, Exception exception);
}
