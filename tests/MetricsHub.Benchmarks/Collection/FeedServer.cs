using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MetricsHub.Benchmarks.Collection;

/// <summary>Serves the feeds of <see cref="FeedCatalogue"/> over HTTP: what is newer than asked for, at most a week; some of them hang.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    public const int BacklogSlots = 7 * 96;
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    private readonly WebApplication app;
    private readonly Func<int, bool> hangs;

    private FeedServer(WebApplication app, Func<int, bool> hangs) => (this.app, this.hangs) = (app, hangs);

    public Uri Address => new(app.Urls.Single());

    /// <summary>When which feed was asked.</summary>
    public ConcurrentQueue<(int Feed, DateTimeOffset At)> Requests { get; } = new();

    public static async Task<FeedServer> StartAsync(Func<int, bool> hangs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FeedServer(app, hangs);
        app.MapGet("/feeds/{feed:int}.csv", server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(int feed, DateTimeOffset? since, HttpContext context)
    {
        var now = TimeProvider.System.GetUtcNow();
        Requests.Enqueue((feed, now));
        if (hangs(feed))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        context.Response.ContentType = "text/csv";
        await context.Response.WriteAsync(Rows(feed, now, since), context.RequestAborted);
    }

    private static string Rows(int feed, DateTimeOffset now, DateTimeOffset? since)
    {
        var last = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % QuarterHour.Ticks), TimeSpan.Zero);
        var first = last - (QuarterHour * (BacklogSlots - 1));
        if (since >= first)
        {
            first = since.Value.ToUniversalTime() + QuarterHour;
        }

        var text = new StringBuilder("as_at");
        for (var metric = 1; metric <= FeedCatalogue.MetricsPerFeed; metric++)
        {
            text.Append(CultureInfo.InvariantCulture, $",m{metric}");
        }

        for (var at = first; at <= last; at += QuarterHour)
        {
            text.Append('\n').Append(at.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture));
            var slot = (int)(at.UtcTicks / QuarterHour.Ticks % 100_003);
            for (var metric = 1; metric <= FeedCatalogue.MetricsPerFeed; metric++)
            {
                // Any number does, so long as neighbours differ: repeated values would flatter the store's compression.
                text.Append(',').Append(((slot * 7919) + (feed * 104_729) + (metric * 1299)) % 480);
            }
        }

        return text.Append('\n').ToString();
    }
}
