using System.Collections.Concurrent;
using MetricsHub.Domain.Metrics;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>
/// Keeps what boards are made of for a moment: the panels of a dashboard, and everybody who looks at the same one, ask for the same at once.
/// Keys are asked for before a board is made, so that nobody is given what another was let in for.
/// </summary>
internal sealed class BoardKeeper(IObservationStore store, ILedger ledger, TimeProvider clock)
{
    private const int MaximumKept = 1000;

    private readonly ConcurrentDictionary<object, Kept> kept = new();

    /// <summary>What was made before, if neither store has changed since, the slot is the same, and it is at most as old as a kept answer may be.</summary>
    /// <param name="key">Everything that it depends on besides the stores and the slot.</param>
    public Task<T> CurrentAsync<T>(object key, Func<Task<T>> make, CancellationToken cancellationToken)
    {
        var (storeVersion, ledgerVersion) = (store.Version, ledger.Version);
        var slot = Cadence.QuarterHour.PeriodHolding(clock.GetUtcNow()).Start;
        return KeepAsync((typeof(T), key), AnswerCache.MaximumAge, (storeVersion, ledgerVersion, slot), make, cancellationToken);
    }

    /// <summary>What was made before, if it is no older than it may be: for reports over so much that nobody can have them made anew at every look.</summary>
    public Task<T> ReportAsync<T>(object key, TimeSpan age, Func<Task<T>> make, CancellationToken cancellationToken) =>
        KeepAsync((typeof(T), key), age, basis: null, make, cancellationToken);

    private Task<T> KeepAsync<T>(object key, TimeSpan age, object? basis, Func<Task<T>> make, CancellationToken cancellationToken)
    {
        var found = kept.GetValueOrDefault(key);
        if (found is null || found.Made.Value.IsFaulted || found.Made.Value.IsCanceled || clock.GetElapsedTime(found.At) >= age || !Equals(found.Basis, basis))
        {
            DropOldest();

            // Made for everybody who waits for it, and not only for whoever came first: nobody's leaving ends it.
            var made = new Kept(clock.GetTimestamp(), basis, new Lazy<Task>(() => Task.Run(make)));
            found = kept.AddOrUpdate(key, made, (_, other) => ReferenceEquals(other, found) ? made : other);
        }

        return ((Task<T>)found.Made.Value).WaitAsync(cancellationToken);
    }

    private void DropOldest()
    {
        if (kept.Count >= MaximumKept)
        {
            foreach (var (key, _) in kept.OrderBy(pair => pair.Value.At).Take(MaximumKept / 2).ToList())
            {
                kept.TryRemove(key, out _);
            }
        }
    }

    private sealed record Kept(long At, object? Basis, Lazy<Task> Made);
}
