using MetricsHub.Simulator.Bulk;
using MetricsHub.Simulator.Feeds;

namespace MetricsHub.Simulator.Faults;

/// <summary>Breaks feeds on demand, and mends them.</summary>
internal static class FaultEndpoints
{
    /// <summary>The answers beside the feeds that faults know.</summary>
    private static readonly string[] Others = ["dos", "fhir"];

    public static void MapFaults(this WebApplication app)
    {
        app.MapGet("/faults", (FaultBook book) => book.All.Select(Told));
        app.MapPost("/faults", (FaultRequest request, FaultBook book) =>
            Refusal(request.Feed, request.Kind, request.ForSeconds) is { } refusal
                ? Results.Json(new { error = refusal }, statusCode: StatusCodes.Status400BadRequest)
                : Results.Ok(Told(book.Start(request.Feed!, FaultKinds.ByWord[request.Kind!], TimeSpan.FromSeconds(request.ForSeconds!.Value)))));
        app.MapDelete("/faults", (string? feed, FaultBook book) =>
        {
            book.Lift(feed);
            return Results.NoContent();
        });
    }

    /// <summary>Why a fault cannot be, in words; null where it can.</summary>
    public static string? Refusal(string? feed, string? kind)
    {
        var isFeed = FeedList.All.Any(known => known.Name == feed);
        if (!isFeed && !Others.Contains(feed) && BulkSource.NumberOf(feed) is null)
        {
            return $"There is no feed '{feed}'; feeds: {string.Join(", ", FeedList.All.Select(known => known.Name))}, "
                + $"{string.Join(", ", Others)}, bulk-1 to bulk-{BulkSource.Count}.";
        }

        if (kind is null || !FaultKinds.ByWord.TryGetValue(kind, out var known))
        {
            return $"There is no fault '{kind}'; faults: {string.Join(", ", FaultKinds.ByWord.Keys)}.";
        }

        return known.IsOfRows() && !isFeed ? $"'{kind}' is about the rows of a feed, and '{feed}' has none." : null;
    }

    private static string? Refusal(string? feed, string? kind, int? forSeconds) =>
        Refusal(feed, kind) ?? (forSeconds is >= 1 and <= 86400 ? null : "'forSeconds' has to be 1 to 86400.");

    private static object Told(Fault fault) => new { fault.Feed, Kind = fault.Kind.ToWord(), fault.Until };

    private sealed record FaultRequest(string? Feed, string? Kind, int? ForSeconds);
}
