using System.Diagnostics;
using System.Net;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// The disk of an embedded hub is full: reads go on, nothing is acknowledged that is not kept, and when there is room again the hub goes on
/// without a restart. METRICSHUB_FULL_DISK=tmpfs fills a small file system instead of limiting the process (<c>make disk-full</c>).
/// </summary>
public sealed class DiskFullTests
{
    private static readonly TimeSpan OneInterval = TimeSpan.FromMinutes(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disk_Full_ReadsAreAnsweredAndWritesPutOffUntilThereIsRoom()
    {
        await using var disk = Disk.Create();
        using var catalogue = Pushes.Catalogue();
        var acknowledged = 0;
        var much = 0;
        await using (var hub = await LaunchAsync(disk, catalogue))
        {
            await CollectedHub.WaitUntilCollectedAsync(hub, Cancellation);
            await PushAsync(hub, ++acknowledged);

            // First so little room that the archive still takes what the database does not, or cannot merge its log; then none.
            await disk.FillAsync(hub, kilobytesLeft: 3000, Cancellation);
            for (; much < 60; much++)
            {
                using var answer = await Pushes.SendMuchAsync(hub, much + 1, Cancellation);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    Reads.AssertPutOff(answer, hub);
                    break;
                }
            }

            Assert.InRange(much, 0, 59);
            await Reads.AssertAnsweredAsync(hub, Cancellation);
            await disk.FillAsync(hub, kilobytesLeft: 0, Cancellation);
            for (var push = acknowledged + 1; push <= 20; push++)
            {
                using var answer = await Pushes.SendAsync(hub, push, Cancellation);
                Reads.AssertPutOff(answer, hub);
                await Reads.AssertAnsweredAsync(hub, Cancellation);
            }

            await AskForReplaysUntilPutOffAsync(hub);
            await Pushes.AssertHoldsAsync(hub, [1], Cancellation);

            var room = Stopwatch.StartNew();
            await disk.EmptyAsync(hub, Cancellation);
            await Waiting.UntilAsync("a push is taken", async () => (await Pushes.SendAsync(hub, acknowledged + 1, Cancellation)).StatusCode == HttpStatusCode.OK, OneInterval, () => hub.Output, Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine($"Writes were taken again {room.Elapsed.TotalSeconds:0.0} s after there was room.");
            for (; acknowledged < 20; acknowledged++)
            {
                await PushAsync(hub, acknowledged + 1);
            }

            using var again = await Pushes.SendMuchAsync(hub, ++much, Cancellation);
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Equal(HttpStatusCode.Accepted, await AskForReplayAsync(hub, (await PublicationsAsync(hub))[0]));
            await Reads.AssertAnsweredAsync(hub, Cancellation);
            await hub.KillAsync(Cancellation);
        }

        await using var successor = await LaunchAsync(disk, catalogue);
        await Pushes.AssertHoldsAsync(successor, Enumerable.Range(1, acknowledged), Cancellation);
        await Pushes.AssertMuchIsOfAsync(successor, much, Cancellation);
        Assert.Equal(acknowledged + much, await Pushes.CountAsync(successor, Cancellation));
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged + much} pushes acknowledged, 0 lost, 0 doubled.");
    }

    private static async Task PushAsync(HubProcess hub, int push)
    {
        using var answer = await Pushes.SendAsync(hub, push, Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>
    /// Writes of the ledger alone: somebody asks for one publication after another to be read again. The last page of a log that is on a full
    /// disk has room for some.
    /// </summary>
    private static async Task AskForReplaysUntilPutOffAsync(HubProcess hub)
    {
        foreach (var publication in await PublicationsAsync(hub))
        {
            var status = await AskForReplayAsync(hub, publication);
            if (status == HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            Assert.Equal(HttpStatusCode.Accepted, status);
        }

        Assert.Fail("Every publication could be asked for although the disk is full.");
    }

    private static async Task<List<string>> PublicationsAsync(HubProcess hub) =>
        [.. (await CollectedHub.StoredPublicationsAsync(hub, Cancellation)).Keys.Order(StringComparer.Ordinal)];

    private static async Task<HttpStatusCode> AskForReplayAsync(HubProcess hub, string publication)
    {
        using var answer = await hub.Http.PostAsync($"/api/v1/publications/{publication}/replay", content: null, Cancellation);
        Assert.Equal(answer.StatusCode == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        return answer.StatusCode;
    }

    private static async Task<HubProcess> LaunchAsync(Disk disk, TemporaryFolder catalogue)
    {
        var hub = disk.Launch("--Catalogue:Folder", catalogue.Path);
        await hub.WaitUntilItAnswersAsync(Cancellation);
        return hub;
    }
}
