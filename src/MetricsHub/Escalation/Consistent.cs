using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>
/// Several looks at ledger and store that have to tell of one state of the store. Where something is stored between them, by this process or
/// another, they are taken again; a hub that never stops storing is answered from the last look, of which some slots may know what others do not yet.
/// </summary>
internal static class Consistent
{
    private const int Looks = 3;

    public static async Task<T> ReadAsync<T>(IObservationStore store, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            await store.FollowAsync(cancellationToken);
            var version = store.Version;
            var found = await read();
            await store.FollowAsync(cancellationToken);
            if (store.Version == version || look == Looks)
            {
                return found;
            }
        }
    }
}
