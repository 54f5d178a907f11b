using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace MetricsHub.Sources.Locations;

/// <summary>The tries of one fetch, redirects included: at most three, all of them before the deadline.</summary>
/// <param name="deadline">A wait that a publisher asks for is not begun where it would end after this.</param>
internal sealed class FetchTries(DateTimeOffset deadline)
{
    private const int MostRetries = 2;

    private static readonly HttpRequestOptionsKey<FetchTries> Key = new("MetricsHub.FetchTries");

    private int retries;

    /// <summary>Server errors, 429 and broken connections are tried again, after a wait with jitter or the one that the answer asks for.</summary>
    public static HttpRetryStrategyOptions Retry(TimeProvider clock) => new()
    {
        MaxRetryAttempts = MostRetries,
        Delay = TimeSpan.FromSeconds(1),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldRetryAfterHeader = false,
        ShouldHandle = arguments => ValueTask.FromResult(
            IsWorthwhile(arguments.Outcome) && Of(arguments.Context).Allows(RetryAfter(arguments.Outcome.Result, clock), clock)),
        DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result, clock)),
        OnRetry = arguments =>
        {
            Of(arguments.Context).retries++;
            return ValueTask.CompletedTask;
        },
    };

    /// <summary>How long the answer asks to wait, in seconds or until a date; null where it does not say.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage? response, TimeProvider clock) => response?.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Whether an answer says that the publisher cannot now, and not that the request is wrong.</summary>
    public static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    public void Govern(HttpRequestMessage request) => request.Options.Set(Key, this);

    private static FetchTries Of(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(Key, out var tries)
            ? tries
            : throw new InvalidOperationException("A request to a publisher was not made by HttpFetcher.");

    private static bool IsWorthwhile(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } response
            ? IsTransient(response.StatusCode)
            : outcome.Exception is HttpRequestException { InnerException: not LocationException };

    private bool Allows(TimeSpan? wait, TimeProvider clock) => retries < MostRetries && clock.GetUtcNow() + (wait ?? TimeSpan.Zero) < deadline;
}
