using System.Net;
using System.Net.Sockets;
using MetricsHub.Sources;
using MetricsHub.Sources.Locations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>Whatever an address is spelt like and whoever gives it: without permission nothing on this machine or its network is reached.</summary>
public sealed class PrivateAddressTests : IDisposable
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.216.34");

    private readonly TcpListener listener = new(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };

    public PrivateAddressTests() => listener.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose() => listener.Dispose();

    /// <summary>Each is the very address that the catalogue gives, so that nothing but the address itself can refuse it. Every name means 127.0.0.1.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://127.1:{port}/")]
    [InlineData("http://127.0.0.2:{port}/")]
    [InlineData("http://2130706433:{port}/")]
    [InlineData("http://0x7f000001:{port}/")]
    [InlineData("http://0x7f.0x0.0x0.0x1:{port}/")]
    [InlineData("http://0177.0.0.1:{port}/")]
    [InlineData("http://017700000001:{port}/")]
    [InlineData("http://127.0.0.1.:{port}/")]
    [InlineData("http://localhost:{port}/")]
    [InlineData("http://LOCALHOST.:{port}/")]
    [InlineData("http://files.localhost:{port}/")]
    [InlineData("http://localtest.example:{port}/")]
    [InlineData("http://１２７.０.０.１:{port}/")]
    [InlineData("http://0.0.0.0:{port}/")]
    [InlineData("http://0:{port}/")]
    [InlineData("http://[::]:{port}/")]
    [InlineData("http://[::1]:{port}/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]:{port}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("http://[::ffff:7f00:1]:{port}/")]
    [InlineData("http://[64:ff9b::7f00:1]:{port}/")]
    [InlineData("http://[2002:7f00:1::]:{port}/")]
    [InlineData("http://[fe80::1]:{port}/")]
    [InlineData("http://[fd12:3456:789a::1]:{port}/")]
    [InlineData("http://10.1.2.3:{port}/")]
    [InlineData("http://172.31.255.255:{port}/")]
    [InlineData("http://192.168.0.1:{port}/")]
    [InlineData("http://100.64.0.1:{port}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/latest/meta-data/")]
    [InlineData("https://127.0.0.1:{port}/")]
    public async Task GetAsync_PrivateAddressInAnySpelling_IsRefusedAndNobodyIsAsked(string address)
    {
        var network = new FakeNetwork(_ => [IPAddress.Loopback]);
        var page = At(address);

        var exception = await Assert.ThrowsAsync<LocationException>(() => GetAsync(network, page, page));

        Assert.Contains(" is not fetched: ", exception.Message, StringComparison.Ordinal);
        Assert.Empty(network.Dialled);
        Assert.False(listener.Pending());
    }

    /// <summary>Links and redirects to what is not the publisher's own origin, whatever the network says of the names.</summary>
    [Theory]
    [InlineData("http://publisher.example@127.0.0.1:{port}/")]
    [InlineData("http://publisher.example:{port}@127.0.0.1:{port}/")]
    [InlineData("http://user:secret@publisher.example/")]
    [InlineData("http://publisher.example:{port}/")]
    [InlineData("http://publisher.example:22/")]
    [InlineData("http://publisher.example.127.0.0.1.nip.example/")]
    [InlineData("http://127.0.0.1:{port}#@publisher.example/")]
    [InlineData("//127.0.0.1:{port}/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://publisher.example/")]
    [InlineData("gopher://127.0.0.1:{port}/_GET")]
    [InlineData("ldap://127.0.0.1:{port}/")]
    [InlineData("data:text/csv,a")]
    public async Task GetAsync_AnotherOrigin_IsRefusedAndNobodyIsAsked(string address)
    {
        var network = new FakeNetwork(_ => [Public], _ => new IPEndPoint(IPAddress.Loopback, Port));
        var page = new Uri("http://publisher.example/");

        var exception = await Assert.ThrowsAsync<LocationException>(() => GetAsync(network, page, new Uri(page, address.Replace("{port}", $"{Port}", StringComparison.Ordinal))));

        Assert.Contains(" is not on an allowed host", exception.Message, StringComparison.Ordinal);
        Assert.Empty(network.Dialled);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://internal.example:{port}/")]
    public async Task GetAsync_RedirectToAPrivateAddressOnAnAllowedHost_IsRefused(string target)
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Redirect(target.Replace("{port}", $"{Port}", StringComparison.Ordinal));
            return Task.CompletedTask;
        });
        var network = Routed(host => [host == "internal.example" ? IPAddress.Parse("10.0.0.5") : Public], server);

        await Assert.ThrowsAsync<LocationException>(() =>
            GetAsync(network, new Uri("http://publisher.example/"), new Uri("http://publisher.example/"), [$"127.0.0.1:{Port}", $"internal.example:{Port}"]));

        Assert.Equal([new IPEndPoint(Public, 80)], network.Dialled);
        Assert.Single(server.Requests);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task GetAsync_NameMeansAnotherAddressTheSecondTime_IsRefusedThen()
    {
        await using var server = await PublisherServer.StartAsync(context =>
        {
            context.Response.Headers.Connection = "close";
            return context.Response.WriteAsync("one");
        });
        var asked = 0;
        var network = Routed(_ => [asked++ == 0 ? Public : IPAddress.Loopback], server);
        var page = new Uri("http://publisher.example/");
        var access = Access(network);
        var fetcher = new HttpFetcher(access, new AllowedOrigins(page, []));

        Assert.NotNull(await fetcher.GetAsync(page, null, Stream.Null, Cancellation));
        await Assert.ThrowsAsync<LocationException>(() => fetcher.GetAsync(page, null, Stream.Null, Cancellation));

        Assert.Equal((2, 1, 1), (asked, network.Dialled.Count, server.Requests.Count));
    }

    [Fact]
    public async Task GetAsync_OneOfTheNamesAddressesIsPrivate_AsksNone()
    {
        var network = new FakeNetwork(_ => [Public, IPAddress.Parse("192.168.1.1")]);
        var page = new Uri("http://publisher.example/");

        await Assert.ThrowsAsync<LocationException>(() => GetAsync(network, page, page));

        Assert.Empty(network.Dialled);
    }

    [Fact]
    public async Task GetAsync_ConnectionThatAnotherLocationWasAllowedToOpen_IsNotUsed()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync("kept open"));
        var allowed = TestAccess.Create();
        var origin = new AllowedOrigins(server.Address, []);
        Assert.NotNull(await new HttpFetcher(allowed, origin).GetAsync(server.Address, null, Stream.Null, Cancellation));

        var refused = allowed with { Limits = allowed.Limits with { PrivateNetwork = false } };

        await Assert.ThrowsAsync<LocationException>(() => new HttpFetcher(refused, origin).GetAsync(server.Address, null, Stream.Null, Cancellation));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task GetAsync_PrivateNetworkAllowed_ReachesIt()
    {
        await using var server = await PublisherServer.StartAsync(context => context.Response.WriteAsync("reached"));

        Assert.NotNull(await new HttpFetcher(TestAccess.Create(), new AllowedOrigins(server.Address, [])).GetAsync(server.Address, null, Stream.Null, Cancellation));
    }

    /// <summary>Where clouds keep credentials is nobody's publication, whatever the catalogue says.</summary>
    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fe80::a9fe:a9fe]/")]
    [InlineData("http://0.0.0.0:{port}/")]
    public async Task GetAsync_ReservedAddressWithPrivateNetworkAllowed_IsStillRefused(string address)
    {
        var network = new FakeNetwork(_ => []);
        var access = TestAccess.Create(new ImpatientTimeProvider(), replace: services => services.AddSingleton<INetwork>(network));

        await Assert.ThrowsAsync<LocationException>(() => new HttpFetcher(access, new AllowedOrigins(At(address), [])).GetAsync(At(address), null, Stream.Null, Cancellation));

        Assert.Empty(network.Dialled);
    }

    [Fact]
    public async Task Listener_IsAsked_SaysSo()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, Cancellation);

        Assert.True(listener.Pending());
    }

    private static HttpAccess Access(FakeNetwork network) =>
        TestAccess.Create(new ImpatientTimeProvider(), privateNetwork: false, replace: services => services.AddSingleton<INetwork>(network));

    private static Task<HttpFetch?> GetAsync(FakeNetwork network, Uri page, Uri address, params IReadOnlyCollection<string> hosts) =>
        new HttpFetcher(Access(network), new AllowedOrigins(page, hosts)).GetAsync(address, null, Stream.Null, Cancellation);

    private static FakeNetwork Routed(Func<string, IPAddress[]> names, PublisherServer server) =>
        new(names, _ => new IPEndPoint(IPAddress.Loopback, server.Address.Port));

    private Uri At(string address) => new(address.Replace("{port}", $"{Port}", StringComparison.Ordinal));
}
