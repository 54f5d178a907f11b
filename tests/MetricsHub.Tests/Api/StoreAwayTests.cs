using System.Net;
using System.Text.Json;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Tests.Catalogue;
using MetricsHub.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class StoreAwayTests
{
    private const string Waiting = """[{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:15:00Z","value":7}]""";
    private const string Later = """[{"metric":"utc-waiting","organisation":"SIMU1","at":"2026-11-22T10:30:00Z","value":8}]""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_StoreAway_IsKeptAndSaysWhereToLook()
    {
        await using var host = await HostAsync();
        Store(host).IsAway = true;

        using var response = await host.PushAsync("morning", Waiting);

        var answer = JsonElement.Parse(await response.TextAsync());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(answer.GetProperty("address").GetString(), response.Headers.Location!.ToString());
        var publication = await host.GetJsonAsync(answer.GetProperty("address").GetString()!);
        Assert.Equal("archived", publication.GetProperty("state").GetString());
        Assert.Equal(1, (await host.GetJsonAsync($"/api/v1/sources/{PushSystem.Key}")).GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task Push_AgainWhenTheStoreIsBack_IsAnsweredRowByRowAndStoredOnce()
    {
        await using var host = await HostAsync();
        Store(host).IsAway = true;
        (await host.PushAsync("morning", Waiting)).Dispose();
        using var again = await host.PushAsync("morning", Waiting);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Store(host).IsAway = false;

        var answer = await host.PushedAsync("morning", Waiting);

        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 7"], await host.FiguresAsync("utc-waiting"));
        Assert.Equal(0, (await host.GetJsonAsync($"/api/v1/sources/{PushSystem.Key}")).GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task Push_StoreAway_IsStoredByTheHubItselfWhenItIsBack()
    {
        await using var host = await HostAsync();
        Store(host).IsAway = true;
        (await host.PushAsync("morning", Waiting)).Dispose();
        (await host.PushAsync("noon", Later)).Dispose();
        Store(host).IsAway = false;

        await host.Services.GetRequiredService<Collector>().ReplayAsync(new SourceKey(PushSystem.Key), Cancellation);

        Assert.Equal(["SIMU1 2026-11-22T10:00:00Z 7", "SIMU1 2026-11-22T10:15:00Z 8"], await host.FiguresAsync("utc-waiting"));
    }

    [Theory]
    [InlineData("/api/v1/observations")]
    [InlineData("/api/v1/observations.csv")]
    [InlineData("/api/v1/observations?metric=utc-waiting&organisation=SIMU1&from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z&step=hour&aggregate=mean")]
    public async Task Read_StoreAway_SaysWhenToAskAgainAndIsNeverEmpty(string address)
    {
        await using var host = await HostAsync();
        await host.PushedAsync("morning", Waiting);
        Store(host).IsAway = true;

        using var response = await host.Client.GetAsync(address, Cancellation);

        await response.AssertProblemAsync(StatusCodes.Status503ServiceUnavailable, "/problems/unavailable");
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Latest_StoreAway_IsTheLastKnownWithItsAge()
    {
        await using var host = await HostAsync();
        await host.PushedAsync("morning", Waiting);
        Store(host).IsAway = true;

        var latest = await host.GetJsonAsync("/api/v1/observations/latest?metric=utc-waiting");

        var item = Assert.Single(latest.GetProperty("items").EnumerateArray());
        Assert.Equal((7, 6300, true), (item.GetProperty("value").GetInt32(), item.GetProperty("ageSeconds").GetInt32(), item.GetProperty("stale").GetBoolean()));
    }

    private static Task<PushHost> HostAsync() => PushHost.StartAsync(services =>
        services.AddSingleton<IObservationStore>(provider => new SwitchedStore(provider.GetRequiredService<DuckDbObservationStore>())));

    private static SwitchedStore Store(PushHost host) => (SwitchedStore)host.Services.GetRequiredService<IObservationStore>();
}
