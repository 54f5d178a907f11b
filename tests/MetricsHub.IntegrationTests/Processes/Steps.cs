using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.IntegrationTests.Processes;

/// <summary>
/// Counts what a process asks of InfluxDB and of the ledger in the course of an append, and does something in front of one of these steps:
/// fails it and all that follow, or holds it back.
/// </summary>
internal sealed class Steps
{
    private Func<Task>? before;
    private int at = int.MaxValue;
    private bool stays;

    public int Count { get; private set; }

    /// <param name="steps">How many more go through.</param>
    /// <param name="act">Runs in front of the next one.</param>
    /// <param name="toAll">Whether in front of every later one too.</param>
    public void After(int steps, Func<Task> act, bool toAll) => (at, before, stays) = (Count + steps, act, toAll);

    public void Mend() => at = int.MaxValue;

    public Task TakeAsync()
    {
        var number = Count++;
        return number == at || (stays && number > at) ? before!() : Task.CompletedTask;
    }
}

/// <summary>A way to InfluxDB, each request of which is a step.</summary>
internal sealed class SteppedHandler(Steps steps) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await steps.TakeAsync();
        return await base.SendAsync(request, cancellationToken);
    }
}

/// <summary>The order of the releases, each change of which is a step.</summary>
internal sealed class SteppedClock(IReleaseClock clock, Steps steps) : IReleaseClock
{
    public Task<ReleaseStanding> ReadAsync(CancellationToken cancellationToken) => clock.ReadAsync(cancellationToken);

    public async Task<GivenRelease> GiveAsync(SourceKey source, StartSpan? span, long known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await steps.TakeAsync();
        return await clock.GiveAsync(source, span, known, now, cancellationToken);
    }

    public async Task WithdrawAsync(long release, CancellationToken cancellationToken)
    {
        await steps.TakeAsync();
        await clock.WithdrawAsync(release, cancellationToken);
    }

    public async Task CloseAsync(long release, CancellationToken cancellationToken)
    {
        await steps.TakeAsync();
        await clock.CloseAsync(release, cancellationToken);
    }

    public async Task FinishAsync(long since, CancellationToken cancellationToken)
    {
        await steps.TakeAsync();
        await clock.FinishAsync(since, cancellationToken);
    }

    public async Task<long> TakeOverAsync(ReleaseStanding seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await steps.TakeAsync();
        return await clock.TakeOverAsync(seen, now, cancellationToken);
    }

    public Task AdoptAsync(long given, long closed, CancellationToken cancellationToken) => clock.AdoptAsync(given, closed, cancellationToken);
}
