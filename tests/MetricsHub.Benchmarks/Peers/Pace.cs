namespace MetricsHub.Benchmarks.Peers;

/// <summary>How long what is measured by time or turns is measured.</summary>
/// <param name="WarmUp">Of each question, before it is measured.</param>
/// <param name="Question">The longest for each question, all peers together.</param>
/// <param name="Cycles">How many cycles are measured, after a quarter as many to warm up.</param>
/// <param name="Together">A writer and readers together, for each peer.</param>
/// <param name="Cached">Whether cached answers are measured, which takes minutes however many points there are.</param>
internal sealed record Pace(TimeSpan WarmUp, TimeSpan Question, int Cycles, TimeSpan Together, bool Cached)
{
    private const long FewPoints = 1_000_000;

    /// <summary>Few points are to try the comparison out, and their figures to see that there are any.</summary>
    public static Pace Of(Points points) => points.Count < FewPoints
        ? new Pace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), 40, TimeSpan.FromSeconds(2), Cached: false)
        : new Pace(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(40), 400, TimeSpan.FromSeconds(12), Cached: true);
}
