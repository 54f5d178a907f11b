using MetricsHub.Api;
using MetricsHub.Domain.Publications;
using MetricsHub.Escalation;

namespace MetricsHub.Telemetry;

/// <summary>How the hub stood when it was last looked at. A part that could not be read is null: what was known of it before is never told as if it still held.</summary>
/// <param name="StoreAnswers">Whether the store of the observations answered. One that is away answers from what it knew: it is asked for that beside this.</param>
/// <param name="Runs">How each source that ever ran stands by its runs; by the ledger alone, so that it is told while the store of the observations is away.</param>
/// <param name="Waiting">How many publications of each source wait to be stored; by the ledger alone.</param>
/// <param name="Sources">Every source, and how far its figures reach.</param>
/// <param name="Frameworks">How far the evaluation of each framework has come.</param>
internal sealed record Standing(
    DateTimeOffset At,
    bool StoreAnswers,
    IReadOnlyDictionary<SourceKey, SourceStanding>? Runs,
    IReadOnlyDictionary<SourceKey, int>? Waiting,
    IReadOnlyList<SourceStatus>? Sources,
    IReadOnlyList<FrameworkStanding>? Frameworks);
