using System.Text;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources;
using MetricsHub.Sources.Dos;
using MetricsHub.Sources.Locations;
using MetricsHub.Tests.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Sources.Dos;

/// <summary>The directory's documented answers over real HTTP; people in them are invented.</summary>
public sealed class CapacityStatusLocationTests
{
    private const string Answer =
        """{"id":"1","name":"Centre","status":"RED","resetDateTime":"2026-11-22T15:09:38Z","notes":"Ring Quillfeather","modifiedBy":"QuillfeatherQ","modifiedDate":"2026-11-22T11:09:38Z"}""";

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 22, 12, 1, 0, TimeSpan.Zero));

    private static readonly DosService[] Services =
        [.. new[] { "1", "2" }.Select(id => new DosService(id, new OrganisationCode("SIMU" + id), new MetricKey("utc-capacity-status")))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FetchAsync_EveryServiceAnswers_IsOneLookWithoutWhatNamesPeople()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync(Answer));

        var text = await FetchAsync(Location(server));

        var look = CapacityStatusDocument.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(["/services/1/capacitystatus/", "/services/2/capacitystatus/"], server.Requests.Select(request => request.Path));
        Assert.Equal(Clock.GetUtcNow(), look.RetrievedAt);
        Assert.All(look.Services, service => Assert.Equal(("RED", "2026-11-22T15:09:38Z", null), (service.Status, service.ResetDateTime, service.Failure)));
        Assert.DoesNotContain("Quillfeather", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(200, "<html>Sign in</html>")]
    [InlineData(200, "[]")]
    public async Task FetchAsync_OneServiceDoesNotAnswer_SaysSoOfThatOneAndKeepsTheOther(int status, string body)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            var isFirst = context.Request.Path.Value!.Contains("/1/", StringComparison.Ordinal);
            context.Response.StatusCode = isFirst ? status : 200;
            return context.Response.WriteAsync(isFirst ? body : Answer);
        });

        var look = CapacityStatusDocument.Read(Encoding.UTF8.GetBytes(await FetchAsync(Location(server))));

        Assert.Equal([null, "RED"], look.Services.Select(service => service.Status));
        Assert.Contains("answered", look.Services[0].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_NoServiceAnswers_Fails()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => FetchAsync(Location(server)));

        Assert.Contains("None of the 2 services answers", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_WithAToken_SendsItInItsHeaderAndLogsItNowhere()
    {
        var seen = "";
        await using var server = await PublisherServer.StartAsync(context =>
        {
            seen = context.Request.Headers["X-Token"].ToString();
            return context.Response.WriteAsync(Answer);
        });
        var token = new AccessToken("X-Token", "secret");

        await FetchAsync(Location(server, token));

        Assert.Equal("secret", seen);
        Assert.Equal("X-Token", token.ToString());
    }

    [Fact]
    public async Task FetchAsync_RedirectedToAnotherAllowedHost_DoesNotTakeTheTokenAlong()
    {
        var seen = "nothing came";
        await using var other = await PublisherServer.StartAsync(context =>
        {
            seen = context.Request.Headers["X-Token"].ToString();
            return context.Response.WriteAsync("rows");
        });
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Address.ToString());
            return Task.CompletedTask;
        });
        var access = TestAccess.Create() with { Token = new AccessToken("X-Token", "secret") };

        await new HttpFetcher(access, new AllowedOrigins(server.Address, [other.Address.Authority])).GetAsync(server.Address, null, Stream.Null, Cancellation);

        Assert.Equal("", seen);
    }

    private static async Task<string> FetchAsync(CapacityStatusLocation location)
    {
        using var destination = new MemoryStream();
        var offer = Assert.Single(await location.DiscoverAsync(Cancellation));
        Assert.NotNull(await location.FetchAsync(offer, CollectionState.Nothing, destination, Cancellation));
        return Encoding.UTF8.GetString(destination.ToArray());
    }

    private static CapacityStatusLocation Location(PublisherServer server, AccessToken? token = null) =>
        new(new Uri(server.Address, "services/"), Services, TestAccess.Create(Clock) with { Token = token });
}
