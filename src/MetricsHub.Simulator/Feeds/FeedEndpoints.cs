using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MetricsHub.Simulator.Faults;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Feeds;

/// <summary>The feeds by address.</summary>
internal static class FeedEndpoints
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public static void MapFeeds(this WebApplication app) => app.MapGet("/feeds/{file}", GetAsync);

    /// <summary>A tag for an answer that depends on these things alone.</summary>
    public static string Tag(params object[] on) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', on.Select(part =>
            Convert.ToString(part, CultureInfo.InvariantCulture))))))[..32];

    public static Task RefuseTimeAsync(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsJsonAsync(new { error = "'since' and 'until' are instants such as 2025-12-25T14:15:00Z." });
    }

    private static async Task GetAsync(
        string file, HttpContext context, FeedRows rows, Player player, FaultBook book, FaultyAnswer answer, TimeProvider clock)
    {
        if (FeedList.OfFile(file) is not { } feed)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var now = clock.GetUtcNow();
        if (Span.Asked(context.Request.Query, now, Usual) is not { } span)
        {
            await context.RefuseTimeAsync();
            return;
        }

        var faults = book.Of(feed.Name).Select(fault => fault.Kind).ToList();
        if (faults.Contains(FaultKind.Late) && span.To > now - RowFaults.Withheld)
        {
            span = span with { To = now - RowFaults.Withheld };
        }

        // What is restated moves with the clock, slot by slot; all else is settled by the span.
        var restated = faults.Contains(FaultKind.Revised) ? LondonDay.NumberOf(now) : 0;
        var tag = Tag(player.Seed, feed.Name, LondonDay.NumberOf(span.After), LondonDay.NumberOf(span.To), string.Join('+', faults), restated);
        await answer.SendAsync(context, feed.Name, feed.Layout.MediaType, tag, () =>
            feed.Layout.Write(feed, RowFaults.Spoil(rows.Between(feed, span.After, span.To), feed, faults, now)));
    }
}
