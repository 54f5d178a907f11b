using MetricsHub.Domain.Metrics;

namespace MetricsHub.Api;

/// <summary>Until when an answer holds although nothing is recorded: what it calls current grows stale at an instant that is known.</summary>
internal static class AnswerLife
{
    private static readonly object Key = new();

    /// <summary>The answer to this request must not be given any more from this instant on; of several instants from the first on.</summary>
    public static void Ends(HttpContext context, DateTimeOffset at) => context.Items[Key] = EndOf(context) is { } known && known < at ? known : at;

    /// <summary>For what speaks of now slot by slot: the next one may say something else although nothing is recorded.</summary>
    public static void EndsWithTheSlot(HttpContext context, DateTimeOffset now) => Ends(context, Cadence.QuarterHour.PeriodHolding(now).End);

    public static DateTimeOffset? EndOf(HttpContext context) => context.Items.TryGetValue(Key, out var at) ? (DateTimeOffset?)at : null;
}
