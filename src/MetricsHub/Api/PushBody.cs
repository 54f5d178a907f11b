using MetricsHub.Collection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace MetricsHub.Api;

/// <summary>Reads the body of a push, within the limits of its source.</summary>
internal static class PushBody
{
    /// <summary>A body that takes longer is no push but a line that hangs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Which of the media types of pushes the body claims to be; null where it is none, or not UTF-8, or packed.</summary>
    public static string? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0
            ? PushReceiver.MediaTypes.FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <returns>The body, or the answer where it is too long, too slow or cut off.</returns>
    public static async Task<(byte[] Bytes, ProblemHttpResult? Problem)> ReadAsync(
        HttpContext context, long maximumBytes, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > maximumBytes)
        {
            return ([], TooLarge(maximumBytes));
        }

        // The source's own limit counts, not the server's.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[81_920];
        try
        {
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, either.Token)) > 0;)
            {
                body.Write(buffer, 0, read);
                if (body.Length > maximumBytes)
                {
                    return ([], TooLarge(maximumBytes));
                }
            }

            return (body.ToArray(), null);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return ([], Problems.WithStatus(StatusCodes.Status408RequestTimeout, $"The body did not arrive within {Deadline.TotalSeconds:0} seconds."));
        }
        catch (BadHttpRequestException exception)
        {
            return ([], Problems.WithStatus(exception.StatusCode, "The body could not be read to its end."));
        }
    }

    private static ProblemHttpResult TooLarge(long maximumBytes) =>
        Problems.WithStatus(StatusCodes.Status413PayloadTooLarge, $"The source takes at most {maximumBytes} bytes at once; send the rows in several pushes.");
}
