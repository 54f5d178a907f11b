using System.Net;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class AnswerCacheTests
{
    private const string Escalation = "/api/v1/organisations/QXU/escalation";

    [Theory]
    [InlineData(Escalation)]
    [InlineData("/api/v1/metrics")]
    [InlineData("/api/v1/observations.csv")]
    [InlineData("/")]
    public async Task Answer_TagSentBack_IsA304WithItsHeadersAndNoBody(string address)
    {
        await using var host = await ApiHost.StartAsync();
        using var first = await host.GetAsync(address);
        var tag = first.Headers.ETag!.ToString();

        using var second = await host.GetAsync(address, ("If-None-Match", $"\"other\", {tag}"));

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(tag, second.Headers.ETag!.ToString());
        Assert.Equal("public, max-age=15", second.Headers.CacheControl!.ToString());
        Assert.Equal(["Accept"], second.Headers.Vary);
        Assert.Empty(await second.TextAsync());
    }

    [Fact]
    public async Task Answer_AskedAgainSoon_IsKeptAndSaysItsAge()
    {
        await using var host = await ApiHost.StartAsync();
        using var first = await host.GetAsync(Escalation);
        var reads = host.Store.Reads;
        host.Clock.Advance(TimeSpan.FromSeconds(14));

        using var second = await host.GetAsync(Escalation);

        Assert.Equal(await first.TextAsync(), await second.TextAsync());
        Assert.Equal(reads, host.Store.Reads);
        Assert.Equal(TimeSpan.FromSeconds(14), second.Headers.Age);
        Assert.Equal("application/json; charset=utf-8", second.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Answer_AskedByManyAtOnce_IsMadeOnce()
    {
        const string Latest = "/api/v1/observations/latest";
        await using var host = await ApiHost.StartAsync();
        using (await host.GetAsync(Latest))
        {
        }

        var onceReads = host.Store.Reads;
        host.Store.Add(Figures.OfSurrey(Figures.June));
        var held = new TaskCompletionSource();
        host.Store.Held = held.Task;
        var answers = Enumerable.Range(0, 20).Select(_ => host.GetAsync(Latest)).ToList();
        Assert.DoesNotContain(answers, answer => answer.IsCompleted);
        held.SetResult();

        var texts = new List<string>();
        foreach (var answer in await Task.WhenAll(answers))
        {
            texts.Add(await answer.TextAsync());
            answer.Dispose();
        }

        Assert.Single(texts.Distinct());
        Assert.Equal(onceReads, host.Store.Reads - onceReads);
    }

    [Fact]
    public async Task Answer_WhoeverMakesItFails_KeepsNobodyWaiting()
    {
        const string Latest = "/api/v1/observations/latest";
        await using var host = await ApiHost.StartAsync();
        host.Store.Failure = new InvalidOperationException("Down.");
        var held = new TaskCompletionSource();
        host.Store.Held = held.Task;
        var (first, second) = (host.GetAsync(Latest), host.GetAsync(Latest));
        held.SetResult();

        using var failed = await first;
        using var also = await second;
        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (failed.StatusCode, also.StatusCode));

        host.Store.Failure = null;
        using var made = await host.GetAsync(Latest);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    [Fact]
    public async Task Answer_OlderThanFifteenSeconds_IsMadeAnew()
    {
        await using var host = await ApiHost.StartAsync();
        using var first = await host.GetAsync(Escalation);
        host.Clock.Advance(TimeSpan.FromSeconds(15));

        using var second = await host.GetAsync(Escalation);

        Assert.Contains("2026-01-15T12:00:15Z", await second.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("2026-01-15T12:00:15Z", await first.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Escalation)]
    [InlineData("/api/v1/sources")]
    [InlineData("/api/v1/observations")]
    [InlineData("/")]
    public async Task Tag_AsLongAsNothingIsRecorded_StaysTheSameAllDay(string address)
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        var tag = await TagAsync(host, address);
        Assert.StartsWith("W/\"", tag, StringComparison.Ordinal);

        host.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(host, address, tag));
        host.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(host, address, tag));

        // What is due changes at midnight.
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, address, tag));
    }

    [Fact]
    public async Task Tag_SomethingRecorded_IsAnother()
    {
        await using var host = await ApiHost.StartAsync();
        var first = await TagAsync(host, Escalation);
        host.Store.Add(Figures.OfSurrey(Figures.June));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, Escalation, first));

        var second = await TagAsync(host, Escalation);
        host.Ledger.Version++;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, Escalation, second));
    }

    [Fact]
    public async Task Tag_OfAnotherQueryOrForm_DoesNotMatch()
    {
        await using var host = await ApiHost.StartAsync();
        var tag = await TagAsync(host, "/api/v1/observations?limit=1");

        using var csv = await host.GetAsync("/api/v1/observations?limit=1", ("Accept", "text/csv"), ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/api/v1/observations?limit=2", tag));
        Assert.Equal(HttpStatusCode.OK, csv.StatusCode);
    }

    [Fact]
    public async Task Answer_NewFiguresRecorded_IsMadeAnewAtOnce()
    {
        await using var host = await ApiHost.StartAsync();
        using var before = await host.GetAsync(Escalation + "?at=2024-06-30");
        host.Store.Add(Figures.OfSurrey(Figures.June));

        using var after = await host.GetAsync(Escalation + "?at=2024-06-30");

        Assert.Contains("not-calculated", await before.TextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"level\":3", await after.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_LedgerChanged_IsMadeAnewAtOnce()
    {
        await using var host = await ApiHost.StartAsync();
        using var before = await host.GetAsync("/api/v1/publications");
        host.Ledger.Publications.Add(PublicationEndpointsTests.Publication(1));
        host.Ledger.Version++;

        Assert.Equal(1, (await host.GetJsonAsync("/api/v1/publications")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Answer_OtherQueryOrAccept_IsAnotherAnswer()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        using var one = await host.GetAsync("/api/v1/observations?limit=1");
        using var two = await host.GetAsync("/api/v1/observations?limit=2");
        using var csv = await host.GetAsync("/api/v1/observations?limit=1", ("Accept", "text/csv"));

        Assert.Equal(3, new[] { await one.TextAsync(), await two.TextAsync(), await csv.TextAsync() }.Distinct().Count());
    }

    [Theory]
    [InlineData("Authorization", "Bearer one")]
    [InlineData("X-Api-Key", "one")]
    [InlineData("Cookie", "session=one")]
    public async Task Answer_CallerShowsWhoTheyAre_IsNeitherKeptNorShared(string header, string value)
    {
        await using var host = await ApiHost.StartAsync();
        using var first = await host.GetAsync(Escalation, (header, value));
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        using var second = await host.GetAsync(Escalation);

        Assert.NotEqual(await first.TextAsync(), await second.TextAsync());
        Assert.Equal("no-store, private", first.Headers.CacheControl!.ToString());
        Assert.Null(first.Headers.ETag);
    }

    [Theory]
    [InlineData(Escalation, HttpStatusCode.OK)]
    [InlineData("/api/v1/observations.csv", HttpStatusCode.OK)]
    [InlineData("/api/v1/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("/", HttpStatusCode.OK)]
    public async Task Head_AnyAddress_HasTheHeadersOfGetAndNoBody(string address, HttpStatusCode status)
    {
        await using var host = await ApiHost.StartAsync();
        using var get = await host.GetAsync(address);

        using var head = await host.SendAsync(HttpMethod.Head, address);

        Assert.Equal(status, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.TextAsync());
    }

    [Fact]
    public async Task Answer_LargerThanWhatIsHeld_IsPassedThroughWhole()
    {
        await using var host = await ApiHost.StartAsync();
        var month = Figures.June;
        host.Store.Add(Enumerable.Range(0, 12_000).Select(number =>
            Figures.Of("virtual-ward-patients", "QXU", new(month.Start.AddHours(number), month.Start.AddHours(number + 1)), number)));

        using var response = await host.GetAsync("/api/v1/observations.csv");
        var rows = CsvFiles.Read(await response.TextAsync());

        Assert.Equal(12_000, rows.Count);
        Assert.Equal("11999", rows[^1]["value"]);
        Assert.Null(response.Headers.ETag);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    private static async Task<string> TagAsync(ApiHost host, string address)
    {
        using var response = await host.GetAsync(address);
        return response.Headers.ETag!.ToString();
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiHost host, string address, string tag)
    {
        using var response = await host.GetAsync(address, ("If-None-Match", tag));
        return response.StatusCode;
    }
}
