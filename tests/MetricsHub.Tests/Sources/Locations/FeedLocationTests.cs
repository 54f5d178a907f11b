using System.Text;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>A provider's feed over real HTTP.</summary>
public sealed class FeedLocationTests
{
    private static readonly DateTimeOffset Newest = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DiscoverAsync_Feed_IsOneOfferThatIsAlwaysTheSame()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync("waits"));
        var location = Location(server, "feeds/utc%20waits.csv?site=7#top", since: "since");

        var offer = Assert.Single(await location.DiscoverAsync(Cancellation));

        Assert.Equal((new Uri(server.Address, "feeds/utc%20waits.csv?site=7").AbsoluteUri, "utc waits.csv"), (offer.Address, offer.FileName));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task FetchAsync_WithoutSince_AsksConditionallyByTheETag()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"1\"" ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
            return context.Response.StatusCode == StatusCodes.Status200OK ? context.Response.WriteAsync("waits") : Task.CompletedTask;
        });
        var location = Location(server, "feed.csv", since: null);

        var (first, text) = await FetchAsync(location, CollectionState.Nothing);
        var (second, nothing) = await FetchAsync(location, new CollectionState(first, Newest));

        Assert.Equal(("waits", "\"1\""), (text, first!.Validator));
        Assert.Null(second);
        Assert.Equal("", nothing);
    }

    [Theory]
    [InlineData("feed.csv", "", "?since=2026-11-22T10%3A15%3A00Z")]
    [InlineData("feed.csv?site=7", "?site=7", "?site=7&since=2026-11-22T10%3A15%3A00Z")]
    public async Task FetchAsync_WithSince_AsksForWhatIsNewerAndNeverConditionally(string path, string first, string later)
    {
        List<string> asked = [];
        await using var server = await PublisherServer.StartAsync(context =>
        {
            asked.Add(context.Request.QueryString.Value! + context.Request.Headers.IfNoneMatch);
            context.Response.Headers.ETag = "\"1\"";
            return context.Response.WriteAsync("waits");
        });
        var location = Location(server, path, "since");

        var (state, _) = await FetchAsync(location, CollectionState.Nothing);
        var (_, text) = await FetchAsync(location, new CollectionState(state, Newest));

        Assert.Equal([first, later], asked);
        Assert.Equal("waits", text);
    }

    [Fact]
    public async Task FetchAsync_RedirectToAnotherHost_IsRefusedUnlessItIsAllowed()
    {
        await using var other = await PublisherServer.StartAsync(context => context.Response.WriteAsync("waits"));
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Address.AbsoluteUri);
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<LocationException>(() => FetchAsync(Location(server, "feed.csv", null), CollectionState.Nothing));
        var (_, text) = await FetchAsync(Location(server, "feed.csv", null, other.Address.Authority), CollectionState.Nothing);

        Assert.Equal("waits", text);
    }

    private static async Task<(FetchState? State, string Text)> FetchAsync(FeedLocation location, CollectionState known)
    {
        using var destination = new MemoryStream();
        var offer = Assert.Single(await location.DiscoverAsync(Cancellation));
        var state = await location.FetchAsync(offer, known, destination, Cancellation);
        return (state, Encoding.UTF8.GetString(destination.ToArray()));
    }

    private static FeedLocation Location(PublisherServer server, string path, string? since, params string[] hosts) =>
        new(TestAccess.Create(), new Uri(server.Address, path), since, hosts);
}
