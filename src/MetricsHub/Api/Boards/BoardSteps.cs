using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Api.Boards;

/// <summary>In what steps a chart shows a time, so that it never has more than about 2,200 of them.</summary>
internal static class BoardSteps
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(3);
    private static readonly TimeSpan EveryHour = TimeSpan.FromDays(92);

    /// <summary>Null for every figure as it stands.</summary>
    public static Step? Of(Period window) => window.Length <= Every ? null : window.Length <= EveryHour ? Step.Hour : Step.Day;
}
