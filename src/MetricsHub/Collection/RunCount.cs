using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>Counts what happens in one run and says in the end how it went.</summary>
internal sealed class RunCount
{
    private const int MaximumMessageLength = 2000;
    private readonly List<string> failures = [];
    private int locationsRead;
    private int locationsUnread;

    public int Offered { get; set; }

    public int Stored { get; set; }

    public int Refused { get; set; }

    public void LocationRead() => locationsRead++;

    public void LocationFailed(string message)
    {
        locationsUnread++;
        failures.Add(message);
    }

    public void Failed(string message) => failures.Add(message);

    /// <summary>Failed where not one location could be read; partial where anything else went wrong.</summary>
    public RunResult ToResult(DateTimeOffset at) => new(
        failures.Count == 0 ? RunOutcome.Succeeded : locationsRead == 0 ? RunOutcome.Failed : RunOutcome.Partial,
        at, Offered, Stored, Refused, Message(failures), locationsUnread);

    public RunResult ToFailure(DateTimeOffset at, string reason) =>
        new(RunOutcome.Failed, at, Offered, Stored, Refused, Message([.. failures, reason]), locationsUnread);

    private static string? Message(IReadOnlyCollection<string> failures)
    {
        var text = string.Join(" | ", failures);
        return text.Length == 0 ? null : text.Length <= MaximumMessageLength ? text : text[..MaximumMessageLength];
    }
}
