using System.Net;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

public sealed class HttpFetcherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_CompressedWithinTheLimit_IsUnpacked()
    {
        await using var server = await PublisherServer.StartAsync(context => Gzipped.AnswerAsync(context, Gzipped.Zeros(100_000)));
        using var destination = new MemoryStream();

        await GetAsync(server, TestAccess.Create(), destination);

        Assert.Equal(100_000, destination.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetAsync_CompressedBodyCutOffOrDamaged_Throws(bool cut)
    {
        var packed = Gzipped.Zeros(100_000);
        await using var server = await PublisherServer.StartAsync(context => Gzipped.AnswerAsync(context, cut ? packed[..^20] : [.. packed[..20], .. "damaged"u8, .. packed[27..]]));

        var exception = await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, TestAccess.Create()));

        Assert.Contains(" cannot be fetched: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_BodyEndsBeforeItsStatedLength_Throws()
    {
        await using var server = await PublisherServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1_000;
            await context.Response.Body.WriteAsync(new byte[400], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });

        var exception = await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, TestAccess.Create()));

        Assert.Contains(" cannot be fetched: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_HeadersWithoutEnd_Throws()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            for (var header = 0; header < 70; header++)
            {
                context.Response.Headers[$"X-{header}"] = new string('x', 1_000);
            }

            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, TestAccess.Create(new ImpatientTimeProvider())));
    }

    [Fact]
    public async Task GetAsync_RetryAfterADate_WaitsUntilThen()
    {
        var time = new ImpatientTimeProvider();
        var tries = 0;
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = ++tries == 1 ? StatusCodes.Status429TooManyRequests : StatusCodes.Status200OK;
            context.Response.GetTypedHeaders().Set("Retry-After", time.GetUtcNow().AddSeconds(20).ToString("R"));
            return Task.CompletedTask;
        });

        Assert.NotNull(await GetAsync(server, TestAccess.Create(time)));

        Assert.InRange(Assert.Single(time.Waits, wait => wait > TimeSpan.FromSeconds(3)).TotalSeconds, 18, 20);
    }

    [Fact]
    public async Task GetAsync_RetryAfterBeyondTheDeadline_IsNotWaitedForAndTheSourceIsLeftAloneUntilThen()
    {
        var time = new FakeTimeProvider();
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "600";
            return Task.CompletedTask;
        });
        var access = TestAccess.Create(time);

        var first = await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));
        time.Advance(TimeSpan.FromSeconds(599));
        var second = await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));
        Assert.Single(server.Requests);
        time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));

        Assert.EndsWith(" answered 503 Service Unavailable.", first.Message, StringComparison.Ordinal);
        Assert.StartsWith("not asked: ", second.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task GetAsync_FailuresBehindRedirects_AreThreeTriesInAll()
    {
        var answers = new Queue<int>([500, 302, 500, 500, 500, 500]);
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = answers.Dequeue();
            context.Response.Headers.Location = "/next";
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, TestAccess.Create(new ImpatientTimeProvider())));

        Assert.Equal(["/", "/", "/next", "/next"], server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task GetAsync_TriesAgain_AfterWaitsThatDiffer()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return Task.CompletedTask;
        });
        var waits = new List<TimeSpan>();
        for (var fetch = 0; fetch < 10; fetch++)
        {
            var time = new ImpatientTimeProvider();
            await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, TestAccess.Create(time)));
            waits.Add(time.Waits.First(wait => wait < TimeSpan.FromSeconds(3)));
        }

        Assert.Equal(30, server.Requests.Count);
        Assert.True(waits.Max() - waits.Min() > TimeSpan.FromSeconds(0.2), string.Join(", ", waits));
    }

    [Fact]
    public async Task GetAsync_NoAnswerFetchAfterFetch_IsLeftAloneAndThenProbedOnce()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        var time = new ImpatientTimeProvider();
        var access = TestAccess.Create(time, breaker: new BreakerLimits(2, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)));
        var messages = new List<string>();
        for (var fetch = 0; fetch < 4; fetch++)
        {
            messages.Add((await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access))).Message);
        }

        Assert.Equal(6, server.Requests.Count);
        Assert.All(messages[2..], message => Assert.StartsWith("not asked: ", message, StringComparison.Ordinal));
        time.Elapsed = TimeSpan.FromMinutes(11);
        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));
        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));
        Assert.Equal(9, server.Requests.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task GetAsync_AnswerThatItIsNotThere_IsAnAnswer(int status)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var access = TestAccess.Create(breaker: new BreakerLimits(1, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)));

        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));
        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task GetAsync_Denied_IsAskedOnceAndNotAgain(int status)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/" ? status : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        var time = new FakeTimeProvider();
        var access = TestAccess.Create(time);

        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));
        Assert.NotNull(await new HttpFetcher(access, new AllowedOrigins(server.Address, [])).GetAsync(new Uri(server.Address, "open"), null, Stream.Null, Cancellation));
        time.Advance(TimeSpan.FromDays(30));
        var again = await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, access));

        Assert.StartsWith($"not asked: {server.Address} answered {status}", again.Message, StringComparison.Ordinal);
        Assert.Equal(["/", "/open"], server.Requests.Select(request => request.Path));
    }

    [Theory]
    [InlineData("http://127.0.0.1:99999/")]
    [InlineData("http://[::1/")]
    public async Task GetAsync_RedirectToWhatIsNoAddress_Throws(string location)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<LocationException>(() => GetAsync(server, TestAccess.Create()));
    }

    [Fact]
    public async Task GetAsync_RedirectFromEncryptedToPlain_IsRefused()
    {
        var plain = 0;
        using var handler = new RedirectingHandler(() => plain++);
        var access = TestAccess.Create(replace: services =>
            services.AddHttpClient(SourcesSetup.HttpClientName(privateNetwork: true)).ConfigurePrimaryHttpMessageHandler(() => handler));
        var page = new Uri("http://publisher.example/");

        var exception = await Assert.ThrowsAsync<LocationException>(() =>
            new HttpFetcher(access, new AllowedOrigins(page, ["publisher.example"])).GetAsync(new Uri("https://publisher.example/"), null, Stream.Null, Cancellation));

        Assert.Equal("https://publisher.example/ redirects to http://publisher.example/, which is not encrypted.", exception.Message);
        Assert.Equal(0, plain);
    }

    private static Task<HttpFetch?> GetAsync(PublisherServer server, HttpAccess access, Stream? destination = null) =>
        new HttpFetcher(access, new AllowedOrigins(server.Address, [])).GetAsync(server.Address, null, destination ?? Stream.Null, Cancellation);

    /// <summary>Stands in for TLS, which a loopback server could speak only with a certificate that the machine trusts.</summary>
    private sealed class RedirectingHandler(Action plain) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Scheme == Uri.UriSchemeHttp)
            {
                plain();
            }

            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { RequestMessage = request, Headers = { Location = new Uri("http://publisher.example/") } });
        }
    }
}
