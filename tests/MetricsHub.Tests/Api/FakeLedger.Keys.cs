using MetricsHub.Storage;

namespace MetricsHub.Tests.Api;

/// <summary>Keys are read from a list; those who make some need a real ledger.</summary>
internal sealed partial class FakeLedger
{
    public List<AccessKey> Keys { get; } = [];

    public Task<IReadOnlyList<AccessKey>> ListKeysAsync(CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult<IReadOnlyList<AccessKey>>([.. Keys]) : Task.FromException<IReadOnlyList<AccessKey>>(Failure);

    public Task<bool> CreateKeyAsync(AccessKey key, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<AccessKey?> RevokeKeyAsync(string id, DateTimeOffset at, string actor, CancellationToken cancellationToken) => throw OnlyRead();

    public Task MarkKeyUsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<IReadOnlyList<NumberedAction>> ListActionsAsync(long? before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<NumberedAction>>([]);

    public Task<ActionChain> CheckActionsAsync(CancellationToken cancellationToken) => throw OnlyRead();
}
