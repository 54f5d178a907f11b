using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>Counts what happens in one run and says in the end how it went.</summary>
internal sealed class RunCount
{
    private const int MaximumMessageLength = 2000;
    private readonly List<string> failures = [];
    private int locationsRead;
    private int locationsUnread;
    private int waiting;

    public int Offered { get; set; }

    public int Stored { get; set; }

    public int Refused { get; set; }

    /// <summary>Whether something waits for the store: then all that comes after it waits too, so that it is stored in order.</summary>
    public bool HasWaiting => waiting > 0;

    /// <summary>A publication is archived, and the store does not take it.</summary>
    /// <param name="reason">Told once; null where it waits behind another.</param>
    public void Waits(string? reason)
    {
        waiting++;
        if (reason is not null)
        {
            failures.Add(reason);
        }
    }

    /// <param name="isThere">Whether anything could be fetched of what the location offered, or it offered nothing.</param>
    public void LocationRead(bool isThere)
    {
        locationsRead += isThere ? 1 : 0;
        locationsUnread += isThere ? 0 : 1;
    }

    public void LocationFailed(string message)
    {
        locationsUnread++;
        failures.Add(message);
    }

    public void Failed(string message) => failures.Add(message);

    /// <summary>Failed where not one location could be read; partial where anything else went wrong. That the store is away is no fault of the source.</summary>
    public RunResult ToResult(DateTimeOffset at) => new(
        failures.Count == 0 ? RunOutcome.Succeeded
            : locationsRead == 0 && (locationsUnread > 0 || !HasWaiting) ? RunOutcome.Failed
            : RunOutcome.Partial,
        at, Offered, Stored, Refused, Message(AllFailures), locationsUnread);

    public RunResult ToFailure(DateTimeOffset at, string reason) =>
        new(RunOutcome.Failed, at, Offered, Stored, Refused, Message([.. AllFailures, reason]), locationsUnread);

    private IReadOnlyCollection<string> AllFailures => HasWaiting ? [$"{waiting} publication(s) wait in the archive to be stored", .. failures] : failures;

    private static string? Message(IReadOnlyCollection<string> failures)
    {
        var text = string.Join(" | ", failures);
        return text.Length == 0 ? null : text.Length <= MaximumMessageLength ? text : text[..MaximumMessageLength];
    }
}
