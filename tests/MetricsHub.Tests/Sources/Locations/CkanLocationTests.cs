using System.Text;
using MetricsHub.Collection;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using MetricsHub.Storage;
using MetricsHub.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>The portal's answer of July 2026, cut down to six of its 121 resources, served over real HTTP.</summary>
public sealed class CkanLocationTests
{
    private const string Portal = "https://opendata.nhsbsa.net/";

    private static readonly string Answer = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sources/Locations/cases/package_show-july-2026.json"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DiscoverAsync_CatalogueDefinition_FindsTheMonthsWhateverTheResourcesAreCalled()
    {
        await using var server = await StartAsync();

        var offers = await Location(server).DiscoverAsync(Cancellation);

        Assert.Equal(
            [
                ("English Contractor General Dental Activity - June 2025", "uda_contractor_202506.csv"),
                ("English Contractor General Dental Activity - February 2026", "uda_contractor_202602.csv"),
                ("English Contractor General Dental Activity - March 2026", "uda_contractor_202603.csv"),
                ("English Contractor General Dental Activity - April 2026", "monthly_data_uda_20260715.csv"),
            ],
            offers.Select(offer => (offer.LinkText, offer.FileName)));
        Assert.Equal(new DateTimeOffset(2026, 7, 15, 14, 53, 20, TimeSpan.Zero).AddMicroseconds(838_670), offers[^1].PublishedAt);
    }

    [Fact]
    public async Task FetchAsync_Offer_IsTheFile()
    {
        await using var server = await StartAsync();
        var location = Location(server);
        var april = (await location.DiscoverAsync(Cancellation))[^1];

        using var destination = new MemoryStream();
        await location.FetchAsync(april, CollectionState.Nothing, destination, Cancellation);

        Assert.Equal("the file monthly_data_uda_20260715.csv", Encoding.UTF8.GetString(destination.ToArray()));
    }

    [Fact]
    public async Task DiscoverAsync_AnswerUnchanged_AsksConditionallyAndGivesTheSameOffers()
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
            await context.Response.WriteAsync(Here(context));
        });
        var location = Location(server);

        var first = await location.DiscoverAsync(Cancellation);

        Assert.Same(first, await location.DiscoverAsync(Cancellation));
        Assert.Equal((1, 2), (bodies, server.Requests.Count));
    }

    [Theory]
    [InlineData("\"format\": \"CSV\"", "\"format\": \"XLSX\"")]
    [InlineData("\"state\": \"active\"", "\"state\": \"deleted\"")]
    [InlineData("General Dental Activity -", "Orthodontic Activity -")]
    [InlineData("http://127.0.0.1", "https://elsewhere.example")]
    public async Task DiscoverAsync_NothingAsItHasToBe_Throws(string text, string by)
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync(Here(context).Replace(text, by, StringComparison.Ordinal)));

        var exception = await Assert.ThrowsAsync<LocationException>(() => Location(server).DiscoverAsync(Cancellation));
        Assert.Contains("has no resource whose title matches", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Down for maintenance</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"success\": false, \"error\": {\"message\": \"Not found\"}}")]
    [InlineData("{\"success\": true}")]
    [InlineData("{\"success\": true, \"result\": {\"resources\": {}}}")]
    [InlineData("{\"success\": true, \"result\": {\"resources\": [1]}}")]
    public async Task DiscoverAsync_AnotherAnswer_Throws(string answer)
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync(answer));

        var exception = await Assert.ThrowsAsync<LocationException>(() => Location(server).DiscoverAsync(Cancellation));
        Assert.Contains("does not answer as CKAN's package_show does", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_FromAPortal_StoresTheMonthsUnderTheirTitles()
    {
        var sample = Path.Combine(TestHub.Samples, "nhsbsa-dental-activity", "UDA_CONTRACTOR_202602.csv");
        await using var server = await PublisherServer.StartAsync(context =>
            context.Request.Path.StartsWithSegments("/api") ? context.Response.WriteAsync(Here(context))
            : context.Request.Path.Value!.EndsWith("202602.csv", StringComparison.Ordinal) ? context.Response.SendFileAsync(sample)
            : NotFound(context));
        await using var hub = TestHub.Empty(
            catalogue => catalogue.Replace("sources/nhsbsa-dental-activity.yaml", $"ckan: {Portal}api", $"privateNetwork: true\n    ckan: {server.Address}api"),
            services => services.AddSingleton(Options.Create(new CollectionOptions { ReadLandingPages = true })));

        var result = await hub.Collector.CollectAsync(new("nhsbsa-dental-activity"), Cancellation);

        Assert.Equal((RunOutcome.Partial, 4, 1), (result.Outcome, result.Offered, result.Stored));
        var publication = Assert.Single(await hub.Ledger.ListPublicationsAsync(null, null, 10, Cancellation));
        Assert.Equal(
            ("English Contractor General Dental Activity - February 2026", new DateOnly(2026, 5, 19), 6974),
            (publication.LinkText, DateOnly.FromDateTime(publication.Release.PublishedAt!.Value.UtcDateTime), publication.Tally.RowsAccepted));
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task<PublisherServer> StartAsync() => PublisherServer.StartAsync(context => context.Response.WriteAsync(
        context.Request.Path.StartsWithSegments("/api") ? Here(context) : $"the file {Path.GetFileName(context.Request.Path)}"));

    /// <summary>The answer, its files moved to the server that gives it.</summary>
    private static string Here(HttpContext context) => Answer.Replace(Portal, $"http://{context.Request.Host}/", StringComparison.Ordinal);

    /// <summary>What the catalogue defines, at another address.</summary>
    private static CkanLocation Location(PublisherServer server)
    {
        var definition = ApiHost.Catalogue.Sources[new("nhsbsa-dental-activity")].Locations.OfType<MetricsHub.Catalogue.CkanDefinition>().Single();
        return new CkanLocation(
            TestAccess.Create(), new Uri(server.Address, definition.Package.PathAndQuery), definition.ResourceTitle,
            definition.ResourceMetadata, [], NullLogger<CkanLocation>.Instance);
    }
}
