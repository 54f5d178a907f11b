using System.Net;
using Xunit;

namespace MetricsHub.IntegrationTests;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    public async Task Start_AddressThatIsNotLoopback_IsRefused(string address)
    {
        await using var hub = HubProcess.Launch(data.Path, "--urls", address);

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("without access control it answers this machine only", hub.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MetricsHub answers at", hub.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithKeysAskedFor_ListensAnywhereAndLetsNobodyInWithoutOne()
    {
        await using var hub = HubProcess.Launch(data.Path, "--urls", "http://0.0.0.0:0", "--Access:Mode", "keys");
        await hub.WaitUntilItAnswersAsync(Cancellation);

        using var client = new HttpClient { BaseAddress = new UriBuilder(hub.Http.BaseAddress!) { Host = "127.0.0.1" }.Uri };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Cancellation)).StatusCode);
        foreach (var address in (string[])["/", "/api/v1/sources", "/jobs"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(address, Cancellation)).StatusCode);
        }
    }

    [Fact]
    public async Task Start_AccessThatThereIsNot_IsRefused()
    {
        await using var hub = HubProcess.Launch(data.Path, "--Access:Mode", "none");

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("Access:Mode is 'none'; it can be open (this machine only) or keys.", hub.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressInUse_EndsAndSaysWhatToDo()
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await using var hub = HubProcess.Launch(data.Path, "--urls", $"http://{other.LocalEndpoint}");

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("--urls http://127.0.0.1:5081 takes another address", hub.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondHubOnTheSameData_EndsAndLeavesTheFirstAlone()
    {
        await using var first = HubProcess.Launch(data.Path);
        await first.WaitUntilItAnswersAsync(Cancellation);

        await using var second = HubProcess.Launch(data.Path);

        Assert.Equal(1, await second.WaitForExitAsync(Cancellation));
        Assert.Contains($"in use by process {first.Id}", second.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await first.Http.GetAsync("/health/ready", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Start_BadCatalogue_EndsAndListsEveryFault()
    {
        var catalogue = Path.Combine(data.Path, "catalogue");
        Directory.CreateDirectory(Path.Combine(catalogue, "sources"));
        await File.WriteAllTextAsync(Path.Combine(catalogue, "sources", "x.yaml"), "key: x\nschedule: whenever\n", Cancellation);

        await using var hub = HubProcess.Launch(data.Path, "--Catalogue:Folder", catalogue);

        Assert.Equal(1, await hub.WaitForExitAsync(Cancellation));
        Assert.Contains("sources/x.yaml line 2 (schedule): 'whenever' is not a cron expression of five fields", hub.Output, StringComparison.Ordinal);
        Assert.Contains("metrics.yaml: ", hub.Output, StringComparison.Ordinal);
        Assert.Contains("frameworks: the folder is missing", hub.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ForAnotherHostName_IsRefused()
    {
        await using var hub = HubProcess.Launch(data.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/sources") { Headers = { Host = "hub.example.org" } };

        var response = await hub.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
