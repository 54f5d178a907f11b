using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace MetricsHub.Benchmarks.Dashboards;

/// <summary>
/// Stands between a hub and the simulator. A feed that is not asked since when gives a week; through this one it gives as many days as are
/// wanted, so that a hub that starts empty has a history at once. Everything else goes through as it is.
/// </summary>
internal sealed class LongerHistory : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly WebApplication app;
    private readonly int days;

    private LongerHistory(Uri simulator, WebApplication app, int days) =>
        (http, this.app, this.days) = (new HttpClient { BaseAddress = simulator }, app, days);

    public Uri Address => new(app.Urls.Single());

    public static async Task<LongerHistory> StartAsync(Uri simulator, int days)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var history = new LongerHistory(simulator, app, days);
        app.Run(history.AnswerAsync);
        await app.StartAsync();
        return history;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var asked = context.Request.Path + context.Request.QueryString.ToString();
        if (context.Request.Path.StartsWithSegments("/feeds", StringComparison.Ordinal) && !context.Request.Query.ContainsKey("since"))
        {
            asked = QueryHelpers.AddQueryString(asked, "since", TimeProvider.System.GetUtcNow().AddDays(-days).ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        using var answer = await http.GetAsync(asked, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
