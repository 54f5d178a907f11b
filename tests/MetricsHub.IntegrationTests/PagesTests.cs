using Xunit;

namespace MetricsHub.IntegrationTests;

/// <summary>The pages that a person opens, in a real browser, on the bundled samples.</summary>
public sealed class PagesTests(PagesTests.RunningHub running) : IClassFixture<PagesTests.RunningHub>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartPage_AfterTheFirstCollection_ShowsALevelForEverySystem()
    {
        var document = await Chromium.ReadDocumentAsync(running.Page("/"), Cancellation);

        Assert.Contains("NHS Bristol, North Somerset and South Gloucestershire Integrated Care Board", document, StringComparison.Ordinal);
        Assert.Equal(2 * 42, Occurrences(document, "/escalation?at="));
        Assert.Contains("31 December 2025", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swagger_Opened_ListsTheEndpoints()
    {
        var document = await Chromium.ReadDocumentAsync(running.Page("/swagger/index.html"), Cancellation);

        Assert.Contains("/api/v1/organisations/{code}/escalation", document.Replace("<wbr>", "", StringComparison.Ordinal).Replace("\u200b", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("collect:nhs-england-ae-monthly")]
    [InlineData("collect:nhs-england-virtual-ward")]
    public async Task Jobs_RecurringJobs_ListsOneForEachSource(string job)
    {
        var document = await Chromium.ReadDocumentAsync(running.Page("/jobs/recurring"), Cancellation);

        Assert.Contains(job, document, StringComparison.Ordinal);
        Assert.Contains("Europe/London", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_Opened_MayRunTheirOwnScriptsAndStyles()
    {
        using var http = new HttpClient();

        using var response = await http.GetAsync(running.Page("/jobs/recurring"), Cancellation);

        // A default-src of 'none' leaves the page without scripts and styles: it can be read, and no button of it works.
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("default-src", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    private static int Occurrences(string document, string text) => document.Split(text).Length - 1;

    public sealed class RunningHub : IAsyncLifetime
    {
        private readonly TemporaryFolder data = new();
        private HubProcess? hub;

        public Uri Page(string path) => new(hub!.Http.BaseAddress!, path);

        public async ValueTask InitializeAsync()
        {
            hub = HubProcess.Launch(data.Path);
            await hub.WaitUntilItAnswersAsync(CancellationToken.None);
            await CollectedHub.WaitUntilCollectedAsync(hub, CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await hub!.DisposeAsync();
            data.Dispose();
        }
    }
}
