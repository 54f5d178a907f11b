using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Mvc;

namespace MetricsHub.Api;

/// <summary>Whether the process lives, and whether it can answer.</summary>
/// <param name="Status">live, ready or not-ready.</param>
/// <param name="Checks">What was looked at; empty for live.</param>
internal sealed record HealthAnswer(string Status, IReadOnlyList<HealthCheck> Checks);

/// <summary>One thing looked at.</summary>
/// <param name="Name">store, ledger or catalogue.</param>
/// <param name="Status">ok, away (what is pushed is kept, and the last known is answered) or failed.</param>
/// <param name="Reason">What was found.</param>
internal sealed record HealthCheck(string Name, string Status, string Reason);

internal static partial class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    // Longer than any store takes, shorter than orchestrators wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", Methods, Live);
        routes.MapMethods("/health/ready", Methods, ReadyAsync);
    }

    internal static IResult Live(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new HealthAnswer("live", []));
    }

    internal static async Task<IResult> ReadyAsync(
        HubCatalogue catalogue,
        IObservationStore store,
        ILedger ledger,
        IEnumerable<IStoreWatch> watches,
        TimeProvider clock,
        ILoggerFactory loggers,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var logger = loggers.CreateLogger(typeof(HealthEndpoints));
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);

        // A selection of nothing costs a store nothing, and only a store that works answers it.
        var nothing = new SeriesSelection(new HashSet<MetricKey>(), new HashSet<OrganisationCode>());
        HealthCheck[] checks =
        [
            OrAway(await CheckAsync("store", token => store.LatestAsync(nothing, token), logger, either.Token), watches),
            await CheckAsync("ledger", ledger.ListSourceRunsAsync, logger, either.Token),
            new("catalogue", "ok", $"{catalogue.Metrics.Count} metrics, {catalogue.Sources.Count} sources, {catalogue.Frameworks.Count} frameworks"),
        ];
        return !Array.Exists(checks, check => check.Status == "failed")
            ? TypedResults.Ok(new HealthAnswer("ready", checks))
            : TypedResults.Problem(new ProblemDetails
            {
                Type = "/problems/not-ready",
                Title = "Not ready",
                Detail = string.Join(' ', checks.Where(check => check.Status == "failed").Select(check => check.Reason)),
                Status = StatusCodes.Status503ServiceUnavailable,
                Extensions = { ["checks"] = checks },
            });
    }

    /// <summary>A store that is away for a while does not make the hub unready: it would else get no pushes to keep.</summary>
    private static HealthCheck OrAway(HealthCheck check, IEnumerable<IStoreWatch> watches) =>
        check.Status == "ok" && watches.Select(watch => watch.AwaySince).FirstOrDefault(since => since is not null) is { } since
            ? check with { Status = "away", Reason = $"does not answer since {since:u}; what it held last is answered" }
            : check;

    private static async Task<HealthCheck> CheckAsync(string name, Func<CancellationToken, Task> ask, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken);
            return new HealthCheck(name, "ok", "answers");
        }
        catch (Exception exception)
        {
            // What exactly went wrong may name hosts and folders: that is for the log, not for whoever asks.
            Log.DoesNotAnswer(logger, name, exception);
            return new HealthCheck(name, "failed", $"The {name} does not answer ({exception.GetType().Name}).");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3100, Level = LogLevel.Error, Message = "The {Name} does not answer a readiness check.")]
        public static partial void DoesNotAnswer(ILogger logger, string name, Exception exception);
    }
}
