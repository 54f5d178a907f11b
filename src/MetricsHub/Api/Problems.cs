using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>The errors that the API answers with (RFC 9457): one shape, whoever found the fault, and no stack trace in any.</summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";
    public const string InvalidParameter = "/problems/invalid-parameter";

    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        // Before the framework's own writer, which leaves an error without a body when the caller accepts text/csv only.
        services.AddSingleton<IProblemDetailsWriter, Writer>();
        return services.AddProblemDetails();
    }

    public static ProblemHttpResult NotFound(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound);

    public static ProblemHttpResult Conflict(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict);

    public static ProblemHttpResult WithStatus(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    public static ProblemHttpResult NotAcceptable(string offered) => TypedResults.Problem(
        $"This address is answered as {offered}; none of it is among what the request accepts.",
        statusCode: StatusCodes.Status406NotAcceptable);

    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors) => TypedResults.Problem(new HttpValidationProblemDetails(errors)
    {
        Type = InvalidParameter,
        Title = "Invalid parameter",
        Detail = "One or more parameters are wrong; see errors.",
        Status = StatusCodes.Status400BadRequest,
    });

    public static ProblemHttpResult Invalid(string parameter, string message) =>
        Invalid(new Dictionary<string, string[]> { [parameter] = [message] });

    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        if (problem.Type is null or [not '/', ..])
        {
            (problem.Type, problem.Title) = Of(status, problem.Title);
        }

        problem.Instance ??= context.HttpContext.Request.Path;
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.HttpContext.TraceIdentifier;
    }

    private static (string Type, string? Title) Of(int status, string? title) => status switch
    {
        StatusCodes.Status400BadRequest => ("/problems/bad-request", "Bad request"),
        StatusCodes.Status401Unauthorized => ("/problems/not-recognised", "Not recognised"),
        StatusCodes.Status403Forbidden => ("/problems/forbidden", "Forbidden"),
        StatusCodes.Status404NotFound => ("/problems/not-found", "Not found"),
        StatusCodes.Status405MethodNotAllowed => ("/problems/method-not-allowed", "Method not allowed"),
        StatusCodes.Status406NotAcceptable => ("/problems/not-acceptable", "Not acceptable"),
        StatusCodes.Status408RequestTimeout => ("/problems/timeout", "Timeout"),
        StatusCodes.Status409Conflict => ("/problems/conflict", "Conflict"),
        StatusCodes.Status413PayloadTooLarge => ("/problems/too-large", "Too large"),
        StatusCodes.Status415UnsupportedMediaType => ("/problems/unsupported-media-type", "Unsupported media type"),
        StatusCodes.Status422UnprocessableEntity => ("/problems/not-as-claimed", "Not what it claims to be"),
        StatusCodes.Status429TooManyRequests => ("/problems/too-many-requests", "Too many requests"),
        StatusCodes.Status500InternalServerError => ("/problems/internal-error", "Internal error"),
        StatusCodes.Status503ServiceUnavailable => ("/problems/unavailable", "Unavailable"),
        _ => ($"/problems/status-{status}", title),
    };

    private sealed class Writer : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            Complete(context);
            var response = context.HttpContext.Response;
            await response.WriteAsJsonAsync<object>(
                context.ProblemDetails, options: null, MediaType, context.HttpContext.RequestAborted);
        }
    }
}
