using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MetricsHub.Api;

/// <summary>
/// Gives the answers of the API and the start page an ETag, answers <c>If-None-Match</c> and <c>HEAD</c>, and keeps answers as bytes for
/// as long as neither store has changed, at most <see cref="MaximumAge"/>: answers speak of now. It stands before everything else, so
/// that a kept answer costs little more than writing its bytes.
/// </summary>
internal sealed class AnswerCache(IObservationStore store, ILedger ledger, TimeProvider clock)
{
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(15);

    private static readonly StringValues Shared = Public(MaximumAge);
    private static readonly StringValues Private = "private, no-store";
    private static readonly StringValues Vary = "Accept";
    private static readonly StringValues[] Ages = [.. Enumerable.Range(0, 17).Select(second => new StringValues($"{second}"))];

    private readonly KeptAnswers kept = new();

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsCovered(context.Request))
        {
            return next(context);
        }

        var key = new AnswerKey(context.Request.Path.Value!, context.Request.QueryString.Value ?? "", context.Request.Headers.Accept.ToString());
        if (IsShared(context.Request) && kept.Find(key) is { } answer && IsCurrent(answer, out var age))
        {
            return WriteAsync(context, answer, age);
        }

        return MakeAsync(context, next, key);
    }

    private static bool IsCovered(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.Ordinal) || request.Path == "/");

    // Whoever shows who they are may be told other things than the next caller: nothing of theirs is kept or taken from here. Every header
    // by which somebody is recognised has to be named in this place; what is kept was told to somebody of whom nothing was asked.
    private static bool IsShared(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && request.Headers.Cookie.Count == 0 && !request.Headers.ContainsKey("X-Api-Key");

    private bool IsCurrent(Answer answer, out int ageSeconds)
    {
        var age = clock.GetElapsedTime(answer.MadeAt);
        ageSeconds = (int)age.TotalSeconds;
        return age < MaximumAge && !(clock.GetUtcNow() >= answer.HoldsUntil) && answer.StoreVersion == store.Version && answer.LedgerVersion == ledger.Version;
    }

    /// <summary>How long others may keep an answer: no longer than what it calls current is.</summary>
    private static StringValues Lifetime(TimeSpan? left) => left < MaximumAge ? Public(left.Value) : Shared;

    private static StringValues Public(TimeSpan age) => $"public, max-age={Math.Floor(age.TotalSeconds):0}";

    private async Task MakeAsync(HttpContext context, RequestDelegate next, AnswerKey key)
    {
        // Read before the answer is made: what is recorded meanwhile makes the answer stale, never wrongly current.
        var (storeVersion, ledgerVersion, madeAt, now) = (store.Version, ledger.Version, clock.GetTimestamp(), clock.GetUtcNow());
        var (request, shared) = (context.Request, IsShared(context.Request));
        var isHead = HttpMethods.IsHead(request.Method);
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new AnswerBody(original.Stream, discard: isHead, beforeFirstWrite: () => context.Response.Headers.CacheControl = "no-store");
        try
        {
            request.Method = HttpMethods.Get;
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, original));
            await next(context);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(original);
            request.Method = isHead ? HttpMethods.Head : HttpMethods.Get;
        }

        if (body.IsPassedThrough)
        {
            return;
        }

        var response = context.Response;
        if (response.StatusCode != StatusCodes.Status200OK)
        {
            response.Headers.CacheControl = "no-store";
            await WriteBodyAsync(context, body.Take());
            return;
        }

        var holdsUntil = AnswerLife.EndOf(context);
        var answer = new Answer(
            body.Take(),
            response.ContentType,
            response.Headers.Link,
            response.Headers.ContentDisposition,
            SecurityHeaders.For(request.Path),
            shared ? EntityTags.Of(key, storeVersion, ledgerVersion, now, holdsUntil) : default,
            storeVersion,
            ledgerVersion,
            madeAt,
            holdsUntil,
            shared ? Lifetime(holdsUntil - now) : Private);
        if (shared)
        {
            kept.Keep(key, answer, isOld: other => !IsCurrent(other, out _));
        }

        await WriteAsync(context, answer, ageSeconds: 0);
    }

    private static Task WriteAsync(HttpContext context, Answer answer, int ageSeconds)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        answer.Security.Apply(response);
        if (answer.IsShared)
        {
            headers.ETag = answer.ETag;
        }

        headers.CacheControl = answer.CacheControl;
        headers.Vary = Vary;
        headers.Age = Ages[Math.Clamp(ageSeconds, 0, Ages.Length - 1)];
        if (answer.IsShared && EntityTags.Match(context.Request.Headers.IfNoneMatch, answer.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            (headers.ContentType, headers.Link, headers.ContentDisposition) = (default, default, default);
            return Task.CompletedTask;
        }

        headers.ContentType = answer.ContentType;
        if (answer.Link.Count + answer.ContentDisposition.Count > 0)
        {
            (headers.Link, headers.ContentDisposition) = (answer.Link, answer.ContentDisposition);
        }

        return WriteBodyAsync(context, answer.Body);
    }

    private static Task WriteBodyAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }
}
