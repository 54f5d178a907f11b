using MetricsHub.Api;
using MetricsHub.Api.Boards;
using MetricsHub.Tests.Api;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MetricsHub.Tests.Grafana;

public sealed class BoardKeeperTests
{
    private readonly FakeObservationStore store = new();
    private readonly FakeLedger ledger = new();
    private readonly FakeTimeProvider clock = new(ApiHost.Now);
    private readonly BoardKeeper keeper;
    private int made;

    public BoardKeeperTests() => keeper = new BoardKeeper(store, ledger, clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Current_AskedByManyAtOnce_IsMadeOnce()
    {
        var gate = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 50).Select(_ => keeper.CurrentAsync("board", () => MakeAsync(gate.Task), Cancellation)).ToList();

        gate.SetResult();

        Assert.All(await Task.WhenAll(asked), number => Assert.Equal(1, number));
    }

    [Fact]
    public async Task Current_StoreHasChanged_IsMadeAnew()
    {
        Assert.Equal(1, await CurrentAsync());

        store.Add([]);

        Assert.Equal(2, await CurrentAsync());
    }

    [Fact]
    public async Task Current_OlderThanAKeptAnswerMayBe_IsMadeAnew()
    {
        Assert.Equal(1, await CurrentAsync());
        clock.Advance(AnswerCache.MaximumAge - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await CurrentAsync());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, await CurrentAsync());
    }

    [Fact]
    public async Task Current_NextSlotBegins_IsMadeAnew()
    {
        clock.SetUtcNow(ApiHost.Now.AddMinutes(15).AddSeconds(-1));
        Assert.Equal(1, await CurrentAsync());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, await CurrentAsync());
    }

    [Fact]
    public async Task Current_CouldNotBeMade_IsTriedAgain()
    {
        await Assert.ThrowsAsync<IOException>(() => keeper.CurrentAsync("board", () => Task.FromException<int>(new IOException("away")), Cancellation));

        Assert.Equal(1, await CurrentAsync());
    }

    [Fact]
    public async Task Current_WhoAskedFirstLeaves_IsMadeForTheOthers()
    {
        using var first = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var left = keeper.CurrentAsync("board", () => MakeAsync(gate.Task), first.Token);
        var stays = keeper.CurrentAsync("board", () => MakeAsync(gate.Task), Cancellation);

        await first.CancelAsync();
        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Equal(1, await stays);
    }

    [Fact]
    public async Task Report_StoreHasChanged_IsKeptUntilItsAge()
    {
        Assert.Equal(1, await keeper.ReportAsync("report", TimeSpan.FromHours(1), () => MakeAsync(Task.CompletedTask), Cancellation));
        store.Add([]);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, await keeper.ReportAsync("report", TimeSpan.FromHours(1), () => MakeAsync(Task.CompletedTask), Cancellation));

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, await keeper.ReportAsync("report", TimeSpan.FromHours(1), () => MakeAsync(Task.CompletedTask), Cancellation));
    }

    private Task<int> CurrentAsync() => keeper.CurrentAsync("board", () => MakeAsync(Task.CompletedTask), Cancellation);

    private async Task<int> MakeAsync(Task gate)
    {
        await gate;
        return Interlocked.Increment(ref made);
    }
}
