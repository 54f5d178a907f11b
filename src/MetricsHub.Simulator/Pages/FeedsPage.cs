using System.Net;
using System.Text;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Pages;

/// <summary>The list of feeds, for a person.</summary>
internal static class FeedsPage
{
    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/", (Player player) => Results.Content(Html(player), "text/html; charset=utf-8"));
        app.MapGet("/health", (TimeProvider clock) => Results.Ok(new { status = "up", now = clock.GetUtcNow(), simulated = true }));
    }

    private static string Html(Player player)
    {
        var rows = new StringBuilder();
        foreach (var feed in FeedList.All)
        {
            var organisations = player.Estate.Sites.Where(feed.Tells).DistinctBy(site => site.Organisation).Count();
            rows.Append($"""<tr><td><a href="/feeds/{feed.FileName}">{feed.FileName}</a>""")
                .Append($"<td>{WebUtility.HtmlEncode(feed.Title)}<td>{organisations}<td>{feed.Columns.Count}\n");
        }

        return $"""
            <!DOCTYPE html>
            <html lang="en"><meta charset="utf-8"><title>Wyvern Vale (simulated)</title>
            <h1>Wyvern Vale (simulated)</h1>
            <p>Every figure here is made up, and the same for the same moment (seed {player.Seed}).
            Without <code>?since=</code> a feed gives its last 7 days.</p>
            <table><tr><th>Feed<th>Tells of<th>Organisations<th>Metrics
            {rows}</table>
            <p>Also <a href="/fhir/MeasureReport/latest">a FHIR MeasureReport</a>,
            <a href="/dos/api/v1.0/services/990001/capacitystatus/">a capacity status</a>, <a href="/bulk/1.csv">a bulk source</a>
            and <a href="/faults">the faults in force</a>.</p>
            </html>
            """;
    }
}
