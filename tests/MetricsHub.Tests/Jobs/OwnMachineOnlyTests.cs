using System.Net;
using MetricsHub.Jobs;
using MetricsHub.Tests.Access;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Jobs;

/// <summary>The job pages are for whoever sits at the hub's own machine.</summary>
public sealed class OwnMachineOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", 5080, null, true)]
    [InlineData("::1", 5080, null, true)]
    [InlineData("::ffff:127.0.0.1", 5080, null, true)]
    [InlineData("10.1.2.3", 5080, null, false)]
    [InlineData("127.0.0.1", 5443, null, false)]
    [InlineData("127.0.0.1", 5080, "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", 5080, "X-Original-For", false)]
    [InlineData("127.0.0.1", 5080, "forwarded", false)]
    [InlineData("127.0.0.1", 5080, "Via", false)]
    public void Caller_FromElsewhere_IsNotLetIn(string from, int port, string? header, bool expected)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from), LocalPort = port } };
        if (header is not null)
        {
            context.Request.Headers[header] = "10.1.2.3";
        }

        Assert.Equal(expected, new OwnMachineOnly([5443]).IsFromHere(context));
    }

    [Fact]
    public async Task Pages_AskedForThroughAProxy_AnswerNobody()
    {
        await using var host = await AccessHost.StartAsync();
        var admin = await host.KeyAsync("admin");
        using var direct = await host.GetAsync("/jobs", admin);
        var request = new HttpRequestMessage(HttpMethod.Get, "/jobs") { Headers = { { "X-Api-Key", admin }, { "X-Forwarded-For", "10.1.2.3" } } };

        using var forwarded = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (direct.StatusCode, forwarded.StatusCode));
    }
}
