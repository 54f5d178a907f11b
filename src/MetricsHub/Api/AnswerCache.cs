using MetricsHub.Access;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MetricsHub.Api;

/// <summary>
/// Gives the answers of the API and the start page an ETag, answers <c>If-None-Match</c> and <c>HEAD</c>, and keeps answers as bytes for
/// as long as neither store has changed, at most <see cref="MaximumAge"/>: answers speak of now. It stands before everything else, so
/// that a kept answer costs little more than writing its bytes. Where callers are recognised a kept answer is given behind the doorway
/// only (<see cref="TakeKeptAsync"/>), to whoever may do exactly what the first one might.
/// </summary>
internal sealed class AnswerCache(IObservationStore store, ILedger ledger, TimeProvider clock)
{
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(15);

    private static readonly StringValues Shared = Public(MaximumAge);
    private static readonly StringValues Private = "private, no-store";
    private static readonly StringValues AskFirst = "private, no-cache";
    private static readonly StringValues VaryByForm = "Accept";
    private static readonly StringValues VaryByCaller = $"Accept, Authorization, {Recogniser.KeyHeader}";
    private static readonly StringValues[] Ages = [.. Enumerable.Range(0, 17).Select(second => new StringValues($"{second}"))];

    private const int MostWaits = 1;

    private readonly KeptAnswers kept = new();
    private readonly AnswersInMaking inMaking = new();

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

    /// <summary>
    /// Behind the doorway, of a caller who was let in: the endpoint is not asked where an answer is kept, or where somebody else is making it.
    /// </summary>
    public async Task TakeKeptAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Place>() is not { } place || !MayBeKept(context))
        {
            await next(context);
            return;
        }

        place.Key = place.Key with { Grants = Caller.Of(context)!.GrantsText };
        for (var waits = 0; ; waits++)
        {
            if (kept.Find(place.Key) is { } answer && IsCurrent(answer, out var age))
            {
                (place.Kept, place.AgeSeconds) = (answer, age);
                return;
            }

            // What changed while somebody else made it is waited for once more, and then made here.
            if (waits > MostWaits || inMaking.Join(place.Key) is not { } other)
            {
                place.IsMaking = waits <= MostWaits;
                await next(context);
                return;
            }

            await other.WaitAsync(context.RequestAborted);
        }
    }

    private static bool IsCovered(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (request.Path.StartsWithSegments(ApiSetup.Root, StringComparison.Ordinal) || request.Path == "/");

    // Before anybody is recognised: whoever shows who they are is given nothing here. Every header by which somebody is recognised has to be
    // named in this place.
    private static bool IsShared(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && request.Headers.Cookie.Count == 0 && !request.Headers.ContainsKey(Recogniser.KeyHeader);

    // Of keys and actions nothing is kept: they tell of what no store counts, such as when a key was last used.
    private static bool MayBeKept(HttpContext context) =>
        Doorway.RuleAt(context) != AccessRule.Administration
        && Caller.Of(context) is { } caller && (caller.GrantsText.Length > 0 ? context.Request.Headers.Cookie.Count == 0 : IsShared(context.Request));

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
        var place = new Place { Key = key };
        Answer? answer;
        try
        {
            answer = await AskAsync(context, next, place);
        }
        finally
        {
            End(place);
        }

        if (answer is not null)
        {
            await WriteAsync(context, answer, place.AgeSeconds);
        }
    }

    /// <returns>The answer; null where it has been written already.</returns>
    private async Task<Answer?> AskAsync(HttpContext context, RequestDelegate next, Place place)
    {
        // Read before the answer is made: what is recorded meanwhile makes the answer stale, never wrongly current.
        var (storeVersion, ledgerVersion, madeAt, now) = (store.Version, ledger.Version, clock.GetTimestamp(), clock.GetUtcNow());
        var (request, response) = (context.Request, context.Response);
        var isHead = HttpMethods.IsHead(request.Method);
        var original = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new AnswerBody(original.Stream, discard: isHead, beforeFirstWrite: () =>
        {
            // Too long to be kept: nobody need wait until this caller has read it.
            response.Headers.CacheControl = "no-store";
            End(place);
        });
        try
        {
            request.Method = HttpMethods.Get;
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, original));
            context.Features.Set(place);
            await next(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(original);
            request.Method = isHead ? HttpMethods.Head : HttpMethods.Get;
        }

        if (body.IsPassedThrough)
        {
            return null;
        }

        if (place.Kept is { } found)
        {
            return found;
        }

        if (response.StatusCode != StatusCodes.Status200OK)
        {
            response.Headers.CacheControl = "no-store";
            await WriteBodyAsync(context, body.Take());
            return null;
        }

        var shared = MayBeKept(context);
        var holdsUntil = AnswerLife.EndOf(context);
        var answer = new Answer(
            body.Take(),
            response.ContentType,
            response.Headers.Link,
            response.Headers.ContentDisposition,
            SecurityHeaders.For(request.Path),
            shared ? EntityTags.Of(place.Key, storeVersion, ledgerVersion, now, holdsUntil) : default,
            storeVersion,
            ledgerVersion,
            madeAt,
            holdsUntil,
            !shared ? Private : place.Key.Grants.Length > 0 ? AskFirst : Lifetime(holdsUntil - now),
            place.Key.Grants.Length > 0 ? VaryByCaller : VaryByForm);
        if (shared)
        {
            kept.Keep(place.Key, answer, isOld: other => !IsCurrent(other, out _));
        }

        return answer;
    }

    private void End(Place place)
    {
        if (place.IsMaking)
        {
            place.IsMaking = false;
            inMaking.End(place.Key);
        }
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
        headers.Vary = answer.Vary;
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

    /// <summary>Where an answer that is being made belongs, and what was found there.</summary>
    private sealed class Place
    {
        public required AnswerKey Key { get; set; }

        /// <summary>Whether others wait for it.</summary>
        public bool IsMaking { get; set; }

        public Answer? Kept { get; set; }

        public int AgeSeconds { get; set; }
    }
}
