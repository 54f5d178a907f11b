using System.Collections.Concurrent;

namespace MetricsHub.Simulator.Faults;

/// <summary>The faults that are in force.</summary>
internal sealed class FaultBook(TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(string Feed, FaultKind Kind), (Fault Fault, CancellationTokenSource Life)> book = new();

    /// <summary>By feed and kind; one that has ended is not among them.</summary>
    public IReadOnlyList<Fault> All =>
    [
        .. book.Values.Select(entry => entry.Fault)
            .Where(fault => !fault.Lifted.IsCancellationRequested)
            .OrderBy(fault => (fault.Feed, fault.Kind)),
    ];

    public IReadOnlyList<Fault> Of(string feed) => [.. All.Where(fault => fault.Feed == feed)];

    /// <summary>Starts a fault; one of the same kind that the feed has is replaced.</summary>
    /// <param name="duration">Null: until it is lifted.</param>
    public Fault Start(string feed, FaultKind kind, TimeSpan? duration)
    {
        var life = duration is { } ends ? new CancellationTokenSource(ends, clock) : new CancellationTokenSource();
        var fault = new Fault(feed, kind, clock.GetUtcNow() + duration, life.Token);
        book.AddOrUpdate((feed, kind), (fault, life), (_, before) =>
        {
            before.Life.Cancel();
            return (fault, life);
        });
        return fault;
    }

    /// <summary>Ends all faults, or those of one feed.</summary>
    public void Lift(string? feed)
    {
        foreach (var key in book.Keys.Where(key => feed is null || key.Feed == feed))
        {
            if (book.TryRemove(key, out var entry))
            {
                entry.Life.Cancel();
            }
        }
    }

    public void Dispose()
    {
        foreach (var (_, life) in book.Values)
        {
            life.Dispose();
        }
    }
}
