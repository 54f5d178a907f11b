namespace MetricsHub.Storage;

/// <summary>The locks of a ledger that one process has to itself: its file is locked as a whole.</summary>
internal sealed class NoOtherProcess : IProcessLocks
{
    public Task<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(new Nothing());

    public Task<IAsyncDisposable?> TryShareAsync(string name, CancellationToken cancellationToken) => TryTakeAsync(name, cancellationToken);

    public Task<IAsyncDisposable> TakeInOrderAsync(string name, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable>(new Nothing());

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
