using System.Net;
using Xunit;

namespace MetricsHub.IntegrationTests.Faults;

/// <summary>
/// The disk of an embedded hub fails at a certain place: the system's answer is made an error by strace. Every one surfaces as an error and
/// never as an acknowledgement; when the disk works again so does the hub, without a restart.
/// </summary>
public sealed class DiskFailureTests : IDisposable
{
    private readonly TemporaryFolder data = new();
    private readonly TemporaryFolder catalogue = Pushes.Catalogue(withSamples: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        data.Dispose();
        catalogue.Dispose();
    }

    [Theory]
    [InlineData("-e trace=fsync,fdatasync -e inject=fsync,fdatasync:error=EIO")]
    [InlineData("-P {data}/archive -e trace=fsync -e inject=fsync:error=EIO")]
    [InlineData("-P {data}/metricshub.duckdb.wal -e trace=fsync,fdatasync -e inject=fsync,fdatasync:error=EIO")]
    [InlineData("-P {data}/metricshub.duckdb.wal -e trace=write,pwrite64 -e inject=write,pwrite64:error=ENOSPC")]
    public async Task Disk_FailsEveryPush_AcknowledgesNoneAndTakesThemAgainWhenItWorks(string fault)
    {
        await using (var traced = await LaunchAsync())
        {
            var hub = traced.Hub;
            await PushAsync(hub, 1);

            await traced.BreakAsync(fault.Replace("{data}", data.Path, StringComparison.Ordinal), Cancellation);
            for (var push = 2; push <= 6; push++)
            {
                using var answer = await Pushes.SendAsync(hub, push, Cancellation);
                Reads.AssertPutOff(answer, hub);
                await Reads.AssertAnsweredOrPutOffAsync(hub, Cancellation);
            }

            // Sent again under the same key it is not acknowledged either: what failed to be flushed was never flushed since.
            using (var again = await Pushes.SendAsync(hub, 2, Cancellation))
            {
                Reads.AssertPutOff(again, hub);
            }

            var failed = await traced.MendAsync(Cancellation);
            Assert.True(failed > 0, "strace made nothing fail.");
            await WaitUntilTakenAsync(hub, 2);
            for (var push = 3; push <= 6; push++)
            {
                await PushAsync(hub, push);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{failed} calls failed, 6 pushes were put off, 0 acknowledged; then all were taken.");
            await traced.KillAsync(Cancellation);
        }

        await AssertNothingLostAsync(pushes: 6, much: 0);
    }

    /// <summary>The log is merged into the file in the end of some commit. Where that fails DuckDB gives the database up, reads included.</summary>
    [Fact]
    public async Task Disk_FailsACheckpoint_ReadsGoOnAndNothingIsLost()
    {
        var much = 0;
        await using (var traced = await LaunchAsync())
        {
            var hub = traced.Hub;
            await PushAsync(hub, 1);
            await traced.BreakAsync($"-P {data.Path}/metricshub.duckdb -e trace=pwrite64 -e inject=pwrite64:error=ENOSPC", Cancellation);
            while (await IsTakenAsync(hub, much + 1))
            {
                Assert.InRange(++much, 1, 100);
            }

            for (var turn = 0; turn < 5; turn++)
            {
                await Reads.AssertAnsweredAsync(hub, Cancellation);
                Assert.False(await IsTakenAsync(hub, much + 1));
            }

            Assert.Contains("opened again", hub.Output, StringComparison.Ordinal);

            Assert.True(await traced.MendAsync(Cancellation) > 0, "strace made nothing fail.");
            await WaitUntilTakenAsync(hub, 2);
            Assert.True(await IsTakenAsync(hub, ++much));
            await Reads.AssertAnsweredAsync(hub, Cancellation);
            await traced.KillAsync(Cancellation);
        }

        await AssertNothingLostAsync(pushes: 2, much);
    }

    private static async Task PushAsync(HubProcess hub, int push)
    {
        using var answer = await Pushes.SendAsync(hub, push, Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<bool> IsTakenAsync(HubProcess hub, int much)
    {
        using var answer = await Pushes.SendMuchAsync(hub, much, Cancellation);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return true;
        }

        Reads.AssertPutOff(answer, hub);
        return false;
    }

    private static Task WaitUntilTakenAsync(HubProcess hub, int push) => Waiting.UntilAsync(
        "a push is taken again",
        async () =>
        {
            using var answer = await Pushes.SendAsync(hub, push, Cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        },
        TimeSpan.FromMinutes(1),
        () => hub.Output,
        Cancellation);

    private async Task AssertNothingLostAsync(int pushes, int much)
    {
        await using var successor = HubProcess.Launch(data.Path, "--Catalogue:Folder", catalogue.Path);
        await successor.WaitUntilItAnswersAsync(Cancellation);
        await Pushes.AssertHoldsAsync(successor, Enumerable.Range(1, pushes), Cancellation);
        Assert.Equal(pushes + much, await Pushes.CountAsync(successor, Cancellation));
        if (much > 0)
        {
            await Pushes.AssertMuchIsOfAsync(successor, much, Cancellation);
        }
    }

    private Task<TracedHub> LaunchAsync() => TracedHub.LaunchAsync(data.Path, ["--Catalogue:Folder", catalogue.Path], Cancellation);
}
