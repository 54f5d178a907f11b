using System.Globalization;
using System.Text;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using MetricsHub.Storage;
using MetricsHub.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>A directory of a few thousand organisations on a loopback port: its offset starts at 1, and a page of it is at most 1,000.</summary>
public sealed class OrdLocationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DiscoverAsync_MoreThanAPage_ReadsEveryPageFromOffsetOneAndKeepsTheQuery()
    {
        var asked = new List<string>();
        await using var server = await StartAsync(2500, context => asked.Add(context.Request.QueryString.Value!));

        var offers = await Location(server).DiscoverAsync(Cancellation);

        Assert.Equal(Enumerable.Range(1, 2500).Select(number => $"R{number}.json"), offers.Select(offer => offer.FileName));
        Assert.Equal(new[] { 1, 1001, 2001 }.Select(offset => $"?PrimaryRoleId=RO261&Limit=1000&Offset={offset}"), asked);
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero).AddHours(-1), offers[0].PublishedAt);
    }

    [Fact]
    public async Task FetchAsync_RecordTheListSaysHasNotChanged_IsNotAskedFor()
    {
        await using var server = await StartAsync(2);
        var location = Location(server);
        var offer = (await location.DiscoverAsync(Cancellation))[0];
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        var state = await location.FetchAsync(offer, CollectionState.Nothing, first, Cancellation);
        var unchanged = await location.FetchAsync(offer, new CollectionState(state, null), second, Cancellation);
        var changed = await location.FetchAsync(offer with { PublishedAt = offer.PublishedAt!.Value.AddDays(1) }, new CollectionState(state, null), second, Cancellation);

        Assert.Equal("record /ORD/2-0-0/organisations/R1", Encoding.UTF8.GetString(first.ToArray()));
        Assert.Null(unchanged);
        Assert.NotEqual(state, changed);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(null, "does not say how many organisations there are")]
    [InlineData("2000", "ends after 1500 of 2000 organisations")]
    public async Task DiscoverAsync_CountMissingOrNotReached_FailsRatherThanGiveHalf(string? count, string message)
    {
        await using var server = await StartAsync(1500, context =>
        {
            context.Response.Headers.Remove("X-Total-Count");
            if (count is not null)
            {
                context.Response.Headers["X-Total-Count"] = count;
            }
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => Location(server).DiscoverAsync(Cancellation));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"Organisations":7}""")]
    [InlineData("""{"Organisations":[{"OrgId":"R1"}]}""")]
    [InlineData("""{"Organisations":[{"OrgId":"R1","LastChangeDate":"April","OrgLink":"/a"}]}""")]
    [InlineData("""{"Organisations":[{"OrgId":"R1","LastChangeDate":"2026-04-01","OrgLink":"https://elsewhere.example/a"}]}""")]
    public async Task DiscoverAsync_AnswerThatIsNoList_Fails(string body)
    {
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            context.Response.Headers["X-Total-Count"] = "1";
            await context.Response.WriteAsync(body);
        });

        await Assert.ThrowsAsync<LocationException>(() => Location(server).DiscoverAsync(Cancellation));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void CatalogueDefinition_ReadsTheDirectory_OnlyWhereLandingPagesAreRead(bool read, int locations)
    {
        using var services = new ServiceCollection().AddLogging().AddSources(null).BuildServiceProvider();
        using var folder = new TemporaryFolder();
        var factory = new LocationFactory(
            services.GetRequiredService<IHttpClientFactory>(), Options.Create(new StorageOptions { DataFolder = folder.Path }),
            Options.Create(new CollectionOptions { ReadLandingPages = read }), TimeProvider.System, services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());

        Assert.Equal(locations, factory.LocationsOf(ApiHost.Catalogue.Sources[new SourceKey("ods-organisations")]).Count);
    }

    private static OrdLocation Location(PublisherServer server) =>
        new(TestAccess.Create(), new Uri(server.Address, "/ORD/2-0-0/organisations?PrimaryRoleId=RO261"), [], TimeSpan.Zero);

    private static Task<PublisherServer> StartAsync(int count, Action<HttpContext>? onList = null) => PublisherServer.StartAsync(async context =>
    {
        if (context.Request.Path.Value!.EndsWith("/organisations", StringComparison.Ordinal) is false)
        {
            await context.Response.WriteAsync($"record {context.Request.Path}");
            return;
        }

        var offset = int.Parse(context.Request.Query["Offset"]!, NumberStyles.None, CultureInfo.InvariantCulture);
        if (offset < 1)
        {
            context.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        context.Response.Headers["X-Total-Count"] = count.ToString(CultureInfo.InvariantCulture);
        onList?.Invoke(context);
        var entries = Enumerable.Range(offset, Math.Clamp(count - offset + 1, 0, 1000)).Select(number =>
            $$"""{"Name":"N{{number}}","OrgId":"R{{number}}","LastChangeDate":"2026-04-01","OrgLink":"{{context.Request.Scheme}}://{{context.Request.Host}}/ORD/2-0-0/organisations/R{{number}}"}""");
        await context.Response.WriteAsync($$"""{"Organisations":[{{string.Join(',', entries)}}]}""");
    });
}
