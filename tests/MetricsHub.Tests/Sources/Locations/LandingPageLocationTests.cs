using System.Text;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

public sealed class LandingPageLocationTests
{
    private const string Page = """
        <html><head><title>A&amp;E</title></head><body>
        <a href="/files/Monthly-AE-December-2025-revised-g9Hy6.csv?x=1#top">Monthly   A&amp;E <strong>December
           2025</strong> (revised) <em>(CSV, 29KB)</em></a>
        <a href="files/November%202025-CSV-Wfg38l.csv">Monthly A&E November 2025 (CSV)</a>
        <a href="files/November%202025-CSV-Wfg38l.csv">Monthly A&E November 2025 (CSV), again</a>
        <a href="https://elsewhere.example/October-2025.csv">Monthly A&E October 2025 (CSV)</a>
        <a href="javascript:alert(1)">Monthly A&E September 2025 (CSV)</a>
        <a href="/files/quarterly.csv">Quarterly A&E (CSV)</a>
        <a>Monthly A&E without an address (CSV)</a>
        </body></html>
        """;

    [Fact]
    public async Task DiscoverAsync_Links_ArePickedByTheirText()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync(Page));

        var offers = await Location(server).DiscoverAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new Offer($"{server.Address}files/Monthly-AE-December-2025-revised-g9Hy6.csv?x=1", "Monthly-AE-December-2025-revised-g9Hy6.csv", "Monthly A&E December 2025 (revised) (CSV, 29KB)", null),
                new Offer($"{server.Address}stats/files/November%202025-CSV-Wfg38l.csv", "November 2025-CSV-Wfg38l.csv", "Monthly A&E November 2025 (CSV)", null),
            ],
            offers);
        Assert.Equal(("/stats/ae", "MetricsHub/0.1.0 (+https://hub.example)"), Assert.Single(server.Requests));
    }

    [Fact]
    public async Task DiscoverAsync_PageUnchanged_AsksConditionallyAndGivesTheSameOffers()
    {
        var bodies = 0;
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            context.Response.Headers.ETag = "\"one\"";
            if (context.Request.Headers.IfNoneMatch == "\"one\"")
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            bodies++;
            await context.Response.WriteAsync(Page);
        });
        var location = Location(server);

        var first = await location.DiscoverAsync(TestContext.Current.CancellationToken);
        var second = await location.DiscoverAsync(TestContext.Current.CancellationToken);

        Assert.Equal((first, 1, 2), (second, bodies, server.Requests.Count));
    }

    [Fact]
    public async Task DiscoverAsync_NoLinkMatches_Throws()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync("<html><a href='a.csv'>Page moved</a></html>"));

        var exception = await Assert.ThrowsAsync<LocationException>(() => Location(server).DiscoverAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"{server.Address}stats/ae has no link whose text matches 'monthly a&e .*csv' and that leads to an allowed host.", exception.Message);
    }

    [Fact]
    public async Task FetchAsync_File_IsFetchedOnceAndThenAskedForConditionally()
    {
        var modified = new DateTimeOffset(2026, 1, 8, 9, 30, 0, TimeSpan.Zero);
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            context.Response.Headers.ETag = "W/\"v1\"";
            context.Response.GetTypedHeaders().LastModified = modified;
            if (context.Request.Headers.IfNoneMatch == "W/\"v1\"" && context.Request.GetTypedHeaders().IfModifiedSince == modified)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            await context.Response.WriteAsync("Period,Org Code");
        });

        var (state, text) = await FetchAsync(server, "/a.csv");
        var (again, nothing) = await FetchAsync(server, "/a.csv", known: state);

        Assert.Equal((new FetchState("W/\"v1\"", modified), "Period,Org Code", null, ""), (state, text, again, nothing));
    }

    [Fact]
    public async Task FetchAsync_RedirectsWithinTheOrigin_AreFollowed()
    {
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/c.csv")
            {
                await context.Response.WriteAsync("found");
                return;
            }

            context.Response.Redirect(context.Request.Path == "/a.csv" ? "/b.csv" : "c.csv");
        });

        Assert.Equal("found", (await FetchAsync(server, "/a.csv")).Text);
    }

    [Fact]
    public async Task FetchAsync_RedirectToAnotherHost_IsRefusedUnlessAllowed()
    {
        await using var other = await PublisherServer.StartAsync(context => context.Response.WriteAsync("other"));
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Redirect($"{other.Address}a.csv");
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => FetchAsync(server, "/a.csv"));
        Assert.Equal($"{other.Address}a.csv is not on an allowed host; a redirect led there.", exception.Message);
        Assert.Empty(other.Requests);
        Assert.Equal("other", (await FetchAsync(server, "/a.csv", hosts: [other.Address.Authority])).Text);
    }

    [Fact]
    public async Task FetchAsync_RedirectsWithoutEnd_AreCut()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Redirect("/a.csv");
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => FetchAsync(server, "/a.csv"));
        Assert.EndsWith("redirects more than 3 times.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_Oversized_IsCutWhetherItsLengthIsStatedOrNot(bool stated)
    {
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            context.Response.ContentLength = stated ? 2_000 : null;
            await context.Response.Body.WriteAsync(new byte[2_000], context.RequestAborted);
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => FetchAsync(server, "/a.csv"));
        Assert.EndsWith("/a.csv is larger than the 1500 bytes allowed.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_BodyDrips_IsCutAtTheDeadline()
    {
        var time = new FakeTimeProvider();
        var dripping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            dripping.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });

        var fetching = FetchAsync(server, "/a.csv", time: time);
        await dripping.Task;
        time.Advance(TimeSpan.FromSeconds(31));

        var exception = await Assert.ThrowsAsync<LocationException>(() => fetching);
        Assert.EndsWith("/a.csv gave no whole answer within 30 seconds.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_UnavailableWithRetryAfter_WaitsAsLongAsItSaysAndTriesAgain()
    {
        var time = new ImpatientTimeProvider();
        var tries = 0;
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            if (++tries < 3)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "7";
                return;
            }

            await context.Response.WriteAsync("back");
        });

        Assert.Equal("back", (await FetchAsync(server, "/a.csv", time: time)).Text);
        Assert.Equal(2, time.Waits.Count(wait => wait == TimeSpan.FromSeconds(7)));
    }

    [Theory]
    [InlineData(500, 3)]
    [InlineData(429, 3)]
    [InlineData(408, 1)]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    public async Task FetchAsync_Error_IsTriedAgainOnlyWhereThatCanHelp(int status, int tries)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => FetchAsync(server, "/a.csv", time: new ImpatientTimeProvider()));
        Assert.Contains($"/a.csv answered {status}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(tries, server.Requests.Count);
    }

    [Fact]
    public async Task FetchAsync_NobodyListens_SaysSo()
    {
        var server = await PublisherServer.StartAsync(_ => Task.CompletedTask);
        var location = Location(server, new ImpatientTimeProvider());
        var offer = new Offer($"{server.Address}a.csv", "a.csv", null, null);
        await server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<LocationException>(() => location.FetchAsync(offer, CollectionState.Nothing, Stream.Null, TestContext.Current.CancellationToken));
        Assert.Contains("a.csv cannot be fetched", exception.Message, StringComparison.Ordinal);
    }

    private static LandingPageLocation Location(PublisherServer server, TimeProvider? time = null, params IReadOnlyCollection<string> hosts) => new(
        TestAccess.Create(time, maximumBytes: 1_500), new Uri(server.Address, "stats/ae"), "monthly a&e .*csv", hosts, NullLogger<LandingPageLocation>.Instance);

    private static async Task<(FetchState? State, string Text)> FetchAsync(
        PublisherServer server, string path, FetchState? known = null, TimeProvider? time = null, params IReadOnlyCollection<string> hosts)
    {
        using var destination = new MemoryStream();
        var offer = new Offer(new Uri(server.Address, path).ToString(), "a.csv", null, null);
        var state = await Location(server, time, hosts).FetchAsync(offer, new CollectionState(known, null), destination, TestContext.Current.CancellationToken);
        return (state, Encoding.UTF8.GetString(destination.ToArray()));
    }
}
