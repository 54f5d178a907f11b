using MetricsHub.Simulator.Faults;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Bulk;

internal static class BulkEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromHours(24);

    public static void MapBulk(this WebApplication app) => app.MapGet("/bulk/{file}", GetAsync);

    private static async Task GetAsync(string file, HttpContext context, Player player, FaultyAnswer answer, TimeProvider clock)
    {
        if (!file.EndsWith(".csv", StringComparison.Ordinal) || BulkSource.Valid(file[..^4]) is not { } number)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (Span.Asked(context.Request.Query, clock.GetUtcNow(), Usual) is not { } span)
        {
            await context.RefuseTimeAsync();
            return;
        }

        var tag = FeedEndpoints.Tag(player.Seed, "bulk", number, LondonDay.NumberOf(span.After), LondonDay.NumberOf(span.To));
        await answer.SendAsync(context, $"bulk-{number}", "text/csv; charset=utf-8", tag, () =>
            BulkSource.Write(number, span.After, span.To, player.Seed));
    }
}
