using Microsoft.Net.Http.Headers;

namespace MetricsHub.Api;

internal enum AnswerFormat
{
    Json,
    Csv,
}

/// <summary>What a caller wants: the suffix <c>.csv</c> says it, else the <c>Accept</c> header; JSON where neither does.</summary>
internal static class Negotiation
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Csv = new("text/csv");

    /// <summary>Null where the caller accepts neither.</summary>
    public static AnswerFormat? FormatOf(HttpRequest request)
    {
        if (request.Path.Value!.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return AnswerFormat.Csv;
        }

        var (json, csv) = (QualityOf(request, Json), QualityOf(request, Csv));
        return json == 0 && csv == 0 ? null
            : csv > json ? AnswerFormat.Csv
            : AnswerFormat.Json;
    }

    public static bool AcceptsJson(HttpRequest request) => QualityOf(request, Json) > 0;

    /// <summary>By RFC 9110: the most specific range that covers the type decides; without a header everything is accepted.</summary>
    private static double QualityOf(HttpRequest request, MediaTypeHeaderValue type)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return 1;
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return 0;
        }

        return accepted
            .Where(range => type.IsSubsetOf(range) || (range.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault(0);
    }
}

/// <summary>Refuses callers who do not accept JSON where there is nothing else.</summary>
internal sealed class JsonOnlyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Negotiation.AcceptsJson(context.HttpContext.Request) ? await next(context) : Problems.NotAcceptable("application/json");
}
