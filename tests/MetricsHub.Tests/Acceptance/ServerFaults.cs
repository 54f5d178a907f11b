using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MetricsHub.Tests.Acceptance;

/// <summary>A way in which a server fails.</summary>
/// <param name="Answer">What it answers.</param>
/// <param name="MostTries">How often an address may be asked while it lasts.</param>
/// <param name="Lasts">Whether it is asked no more until the hub is restarted.</param>
/// <param name="AtIndex">Whether it is tried before the file, too, where something else says where the file is: one of each kind is enough there.</param>
internal sealed record ServerFault(string Name, RequestDelegate Answer, int MostTries, bool Lasts = false, bool AtIndex = false);

/// <summary>The faults of servers. Whoever hangs moves the hub's clock himself, so that no deadline costs real time.</summary>
internal static class ServerFaults
{
    private const int Tries = 3;

    public static IEnumerable<ServerFault> All(HurriedClock clock)
    {
        yield return new("500", Status(500), Tries, AtIndex: true);
        yield return new("502", Status(502), Tries);
        yield return new("503 with Retry-After", Status(503, retryAfter: 5), Tries);
        yield return new("429 with Retry-After", Status(429, retryAfter: 5), Tries);
        yield return new("503 for longer than the deadline", Status(503, retryAfter: 3600), 1);
        yield return new("404", Status(404), 1, AtIndex: true);
        yield return new("410", Status(410), 1);
        yield return new("a redirect to elsewhere", RedirectAsync, 1, AtIndex: true);
        yield return new("no answer", context => HangAsync(context, clock, started: false), 1, AtIndex: true);
        yield return new("an answer that stops", context => HangAsync(context, clock, started: true), 1);
        yield return new("a byte now and then", context => DripAsync(context, clock), 1);
        yield return new("a body that is cut off", CutOffAsync, Tries, AtIndex: true);
        yield return new("a connection that breaks", BreakAsync, Tries);
        yield return new("no gzip where gzip is said", GzipAsync, 1);
        yield return new("a length that is above the limit", TooLongAsync, 1);
        yield return new("401", Status(401), 1, Lasts: true);
        yield return new("403", Status(403), 1, Lasts: true, AtIndex: true);
    }

    private static RequestDelegate Status(int status, int? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return Task.CompletedTask;
    };

    private static Task RedirectAsync(HttpContext context)
    {
        context.Response.Redirect($"http://elsewhere.test:{context.Request.Host.Port}{context.Request.Path}");
        return Task.CompletedTask;
    }

    private static async Task HangAsync(HttpContext context, HurriedClock clock, bool started)
    {
        if (started)
        {
            await context.Response.WriteAsync("Name,");
            await context.Response.Body.FlushAsync();
        }

        clock.Advance(HurriedClock.Deadline);
        await GoneAsync(context);
    }

    private static async Task DripAsync(HttpContext context, HurriedClock clock)
    {
        for (var waited = TimeSpan.Zero; waited < HurriedClock.Deadline; waited += TimeSpan.FromSeconds(10))
        {
            await context.Response.WriteAsync("1", CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await GoneAsync(context);
    }

    private static async Task CutOffAsync(HttpContext context)
    {
        context.Response.ContentLength = 10_000;
        await context.Response.WriteAsync("Name,Value\n");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static Task BreakAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task GzipAsync(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return context.Response.WriteAsync("this is no gzip");
    }

    private static async Task TooLongAsync(HttpContext context)
    {
        context.Response.ContentLength = 1_000_000_001;
        await context.Response.Body.FlushAsync();
        await GoneAsync(context);
    }

    /// <summary>Until the hub has hung up.</summary>
    private static async Task GoneAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
