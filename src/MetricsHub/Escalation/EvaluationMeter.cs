using System.Diagnostics;
using System.Diagnostics.Metrics;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Escalation;

/// <summary>Counts what evaluation does, by framework: never by organisation.</summary>
internal sealed class EvaluationMeter
{
    public const string Name = "MetricsHub.Escalation";

    public static readonly ActivitySource Activities = new(Name);

    private const string FrameworkTag = "metricshub.framework";
    private const string VersionTag = "metricshub.framework.version";
    private const string CertaintyTag = "metricshub.certainty";

    private readonly Counter<long> readings;
    private readonly Histogram<double> duration;

    public EvaluationMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        readings = meter.CreateCounter<long>("metricshub.readings", "{reading}", "Escalation readings stored: with a certain level, an uncertain one, or none given.");
        duration = meter.CreateHistogram(
            "metricshub.evaluation.duration", "s", "How long an evaluation of everything due took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900] });
    }

    public void Stored(Framework framework, IReadOnlyCollection<ShownOutcome> outcomes)
    {
        foreach (var (certainty, count) in outcomes.CountBy(CertaintyOf))
        {
            readings.Add(count, [.. TagsOf(framework), new(CertaintyTag, certainty)]);
        }
    }

    public void Ended(TimeSpan took) => duration.Record(took.TotalSeconds);

    /// <summary>By which framework, for whatever is counted by it.</summary>
    public static KeyValuePair<string, object?>[] TagsOf(Framework framework) => [new(FrameworkTag, framework.Key), new(VersionTag, framework.Version)];

    private static string CertaintyOf(ShownOutcome found) =>
        !found.Outcome.IsCalculated ? "not-given" : found.Outcome.Bounds.IsCertain ? "certain" : "uncertain";
}
