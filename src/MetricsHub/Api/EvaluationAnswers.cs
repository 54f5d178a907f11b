namespace MetricsHub.Api;

/// <summary>How far the evaluation of one version of a framework has come.</summary>
/// <param name="Framework">Which framework.</param>
/// <param name="State">
/// up-to-date; behind, where slots have ended or figures have changed since; never, where nothing is evaluated by the rules of today; failed.
/// Levels are right in any case: what is behind is worked out when it is asked for.
/// </param>
/// <param name="EvaluatedTo">Every slot that ends at or before it is evaluated by the rules of today, save for what is due; null where none is.</param>
/// <param name="NewestSlotEnd">The end of the newest slot that has ended.</param>
/// <param name="FinishedAt">When evaluation last had something to do; null where it never had.</param>
/// <param name="DueSeries">Of how many series something has changed since it was evaluated.</param>
/// <param name="DueFrom">The start of the oldest period of them; null where nothing is due.</param>
/// <param name="Failure">Why it could not be done the last time; null where it could.</param>
internal sealed record EvaluationItem(
    FrameworkName Framework,
    string State,
    DateTimeOffset? EvaluatedTo,
    DateTimeOffset NewestSlotEnd,
    DateTimeOffset? FinishedAt,
    int DueSeries,
    DateTimeOffset? DueFrom,
    string? Failure);
