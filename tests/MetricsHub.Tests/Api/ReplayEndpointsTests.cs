using System.Net;
using System.Text.Json;
using MetricsHub.Domain.Publications;
using MetricsHub.Jobs;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class ReplayEndpointsTests
{
    private const string Source = "nhs-england-ae-monthly";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_ArchivedPublication_IsAcceptedEnqueuedAndSaysWhereToLook()
    {
        await using var host = await ApiHost.StartAsync();
        var publication = await AddAsync(host, 1);

        using var response = await host.SendAsync(HttpMethod.Post, $"/api/v1/publications/{publication.Id}/replay");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($"/api/v1/publications/{publication.Id}", response.Headers.Location?.OriginalString);
        var item = JsonElement.Parse(await response.TextAsync()).GetProperty("items")[0];
        Assert.Equal((publication.Id.ToString(), 1), (item.GetProperty("publication").GetString(), item.GetProperty("replay").GetInt32()));
        Assert.Equal($"/api/v1/rejections?publication={publication.Id}", item.GetProperty("rejections").GetString());
        Assert.Equal([new LedgerAction(ApiHost.Now, "local", "replay", $"{Source}/{publication.Id}", null)], host.Ledger.Actions);
        Assert.Equal([Source], Enqueued(host));
    }

    [Fact]
    public async Task Replay_Source_AsksForThoseWithRejectionsAndListsThoseThatAreNotArchived()
    {
        await using var host = await ApiHost.StartAsync();
        var refused = await AddAsync(host, 1);
        host.Ledger.Publications.Add(PublicationEndpointsTests.Publication(2) with { Tally = Tally.Empty });
        host.Ledger.Publications.Add(PublicationEndpointsTests.Publication(3));
        host.Ledger.Publications.Add(PublicationEndpointsTests.Publication(4) with { BytesRemovedAt = ApiHost.Now.AddDays(-1) });

        using var response = await host.SendAsync(HttpMethod.Post, $"/api/v1/sources/{Source}/replay");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = JsonElement.Parse(await response.TextAsync());
        Assert.Equal([refused.Id.ToString()], answer.GetProperty("items").Texts("publication"));
        var notReadable = answer.GetProperty("notReadable").EnumerateArray().ToList();
        Assert.Equal(host.Ledger.Publications[2..].Select(publication => publication.Id.ToString()), notReadable.Select(item => item.GetProperty("publication").GetString()));
        Assert.Contains("not in the archive", notReadable[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"removed on {ApiHost.Now.AddDays(-1):yyyy-MM-dd}"), notReadable[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal([Source], Enqueued(host));
    }

    [Fact]
    public async Task Replay_SourceWithNothingRefused_IsAcceptedAndEnqueuesNothing()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, $"/api/v1/sources/{Source}/replay");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(Enqueued(host));
    }

    [Fact]
    public async Task Replay_BytesNotInTheArchive_IsAConflict()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Publications.Add(PublicationEndpointsTests.Publication(1));

        using var response = await host.SendAsync(HttpMethod.Post, $"/api/v1/publications/{host.Ledger.Publications[0].Id}/replay");

        await response.AssertProblemAsync(StatusCodes.Status409Conflict, "/problems/conflict");
        Assert.Empty(host.Ledger.Actions);
        Assert.Empty(Enqueued(host));
    }

    [Theory]
    [InlineData("/api/v1/publications/abc/replay")]
    [InlineData("/api/v1/publications/0000000000000000000000000000000000000000000000000000000000000000/replay")]
    [InlineData("/api/v1/sources/nothing-here/replay")]
    [InlineData("/api/v1/sources/Not a key/replay")]
    public async Task Replay_OfWhatIsNotThere_IsNotFound(string address)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, address);

        await response.AssertProblemAsync(StatusCodes.Status404NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task Replay_SentByAPageOfAnotherSite_IsRefusedAndAsksForNothing()
    {
        await using var host = await ApiHost.StartAsync();
        var publication = await AddAsync(host, 1);

        using var response = await host.SendAsync(HttpMethod.Post, $"/api/v1/publications/{publication.Id}/replay", ("Origin", "http://evil.example"));

        await response.AssertProblemAsync(StatusCodes.Status403Forbidden, "/problems/forbidden");
        Assert.Empty(host.Ledger.Actions);
        Assert.Empty(Enqueued(host));
    }

    /// <summary>A publication with rejections, whose bytes are archived.</summary>
    private static async Task<Publication> AddAsync(ApiHost host, long arrival)
    {
        using var bytes = new MemoryStream([1, 2, (byte)arrival]);
        var archived = await host.Archive.StoreAsync(bytes, [], 100, Cancellation);
        var publication = PublicationEndpointsTests.Publication(arrival) with { Id = archived.Id };
        host.Ledger.Publications.Add(publication);
        return publication;
    }

    private static IEnumerable<string> Enqueued(ApiHost host) => host.Jobs.GetMonitoringApi().EnqueuedJobs("default", 0, 100)
        .Where(job => job.Value.Job.Type == typeof(ReplayJob))
        .Select(job => (string)job.Value.Job.Args[0]);
}
