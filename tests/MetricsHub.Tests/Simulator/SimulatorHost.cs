using System.Net.Http.Json;
using System.Text.Json;
using MetricsHub.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>A simulator on a free loopback port, with a clock that moves when the test moves it.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 7, 0, TimeSpan.Zero);

    private readonly WebApplication app;

    private SimulatorHost(WebApplication app, FakeTimeProvider clock)
    {
        this.app = app;
        Clock = clock;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public static async Task<SimulatorHost> StartAsync(DateTimeOffset? now = null, params string[] arguments)
    {
        var clock = new FakeTimeProvider(now ?? Now);
        var app = SimulatorServer.Build(CommandLine.Parse(["--urls", "http://127.0.0.1:0", .. arguments]), clock);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new SimulatorHost(app, clock);
    }

    public Task<HttpResponseMessage> GetAsync(string address) => Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<string> TextAsync(string address) => Client.GetStringAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<byte[]> BytesAsync(string address) => Client.GetByteArrayAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task<JsonElement> JsonAsync(string address) => JsonElement.Parse(await TextAsync(address));

    /// <summary>The rows of a CSV feed below its header, as they are written.</summary>
    public async Task<string[]> RowsAsync(string address) => [.. (await TextAsync(address)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    public Task<HttpResponseMessage> BreakAsync(string feed, string kind, int forSeconds = 60) =>
        Client.PostAsJsonAsync("/faults", new { feed, kind, forSeconds }, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> MendAsync() => Client.DeleteAsync(new Uri("/faults", UriKind.Relative), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}
