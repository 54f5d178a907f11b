using System.Text.Json;
using Hangfire;
using Hangfire.InMemory;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Escalation;
using MetricsHub.Jobs;
using MetricsHub.Pages;
using MetricsHub.Sources;
using MetricsHub.Storage;
using MetricsHub.Storage.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Api;

/// <summary>The API over the real catalogue, in memory: fake stores, a clock that stands still, no listener.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<HubCatalogue> Loaded = new(() => CatalogueLoader.Load(
        Path.Combine(AppContext.BaseDirectory, "catalogue"), new Parsers().Keys));

    private readonly WebApplication app;

    private readonly TemporaryFolder archive;

    private ApiHost(
        WebApplication app, FakeObservationStore store, FakeLedger ledger, FakeTimeProvider clock, TemporaryFolder archive, InMemoryStorage jobs)
    {
        (this.app, this.archive, Jobs) = (app, archive, jobs);
        (Store, Ledger, Clock) = (store, ledger, clock);
        Client = app.GetTestClient();
    }

    public FakeObservationStore Store { get; }

    public FakeLedger Ledger { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    /// <summary>The queue, in which nobody works.</summary>
    public InMemoryStorage Jobs { get; }

    public Archive Archive => app.Services.GetRequiredService<Archive>();

    public static HubCatalogue Catalogue => Loaded.Value;

    /// <param name="catalogue">Null for the real one.</param>
    /// <param name="stored">A store to answer from in place of <see cref="Store"/>.</param>
    public static async Task<ApiHost> StartAsync(HubCatalogue? catalogue = null, IObservationStore? stored = null)
    {
        var (store, ledger, clock) = (new FakeObservationStore(), new FakeLedger(), new FakeTimeProvider(Now));
        var (archive, jobs) = (new TemporaryFolder(), new InMemoryStorage());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(stored ?? store);
        builder.Services.AddSingleton<ILedger>(ledger);
        builder.Services.AddSingleton(catalogue ?? Loaded.Value);
        builder.Services.AddEscalation();
        builder.Services.AddApi();
        builder.Services.AddSingleton(jobs);
        builder.Services.AddSingleton<IBackgroundJobClient>(new BackgroundJobClient(jobs));
        builder.Services.AddSingleton(new Archive(new ArchiveFolder(archive.Path)));
        builder.Services.AddSingleton<Replays>();
        builder.Services.AddSingleton<Evaluations>();

        var app = builder.Build();
        app.UseApi();
        app.MapApi();
        app.MapPages();

        // An address inside the API that fails, and one that wants a body: no endpoint of the hub does either.
        app.MapGet(ApiSetup.Root + "/broken", string () => throw new InvalidOperationException("secret words")).ExcludeFromDescription();
        app.MapPost("/body", (Dictionary<string, string> body) => body).ExcludeFromDescription();

        // Hangfire answers from a branch of the pipeline, as this does.
        app.Map("/jobs", jobs => jobs.Run(context => context.Response.WriteAsync("jobs")));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ApiHost(app, store, ledger, clock, archive, jobs);
    }

    public Task<HttpResponseMessage> GetAsync(string address, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, address, headers);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The JSON of an answer that has to be a 200.</summary>
    public async Task<JsonElement> GetJsonAsync(string address)
    {
        using var response = await GetAsync(address);
        var text = await response.TextAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(text);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Jobs.Dispose();
        archive.Dispose();
    }
}

internal static class Answers
{
    public static Task<string> TextAsync(this HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Problem details of a kind, complete and without any inside.</summary>
    public static async Task<JsonElement> AssertProblemAsync(this HttpResponseMessage response, int status, string type)
    {
        var text = await response.TextAsync();
        Assert.True(status == (int)response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("traceId").GetString()));
        Assert.StartsWith("/", problem.GetProperty("instance").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at MetricsHub.", text, StringComparison.Ordinal);
        return problem;
    }

    /// <summary>The parameters that an invalid request is told of.</summary>
    public static async Task<string[]> AssertInvalidAsync(this HttpResponseMessage response)
    {
        var problem = await response.AssertProblemAsync(StatusCodes.Status400BadRequest, "/problems/invalid-parameter");
        return [.. problem.GetProperty("errors").EnumerateObject().Select(entry => entry.Name)];
    }

    public static string[] Texts(this JsonElement items, string property) =>
        [.. items.EnumerateArray().Select(item => item.GetProperty(property).GetString()!)];
}
