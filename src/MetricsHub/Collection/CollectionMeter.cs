using System.Diagnostics;
using System.Diagnostics.Metrics;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>Counts what collection does, by source: never by organisation or metric, of which there are too many to count by.</summary>
internal sealed class CollectionMeter
{
    public const string Name = "MetricsHub.Collection";

    public static readonly ActivitySource Activities = new(Name);

    private const string SourceTag = "metricshub.source";
    private const string OutcomeTag = "metricshub.outcome";
    private const string ReasonTag = "metricshub.reason";

    private static readonly CheckKinds[] Kinds = [.. Enum.GetValues<CheckKinds>().Where(kind => kind != CheckKinds.None)];
    private static readonly RunOutcome[] Outcomes = [RunOutcome.Succeeded, RunOutcome.Partial, RunOutcome.Failed];
    private static readonly PublicationState[] Ends = [PublicationState.Stored, PublicationState.Refused, PublicationState.Barred];

    private readonly Counter<long> runs;
    private readonly Histogram<double> runDuration;
    private readonly Counter<long> publications;
    private readonly Counter<long> statements;
    private readonly Counter<long> rejections;
    private readonly Counter<long> pushes;

    public CollectionMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        runs = meter.CreateCounter<long>("metricshub.runs", "{run}", "Runs that ended, by source and outcome.");
        runDuration = meter.CreateHistogram(
            "metricshub.run.duration", "s", "How long a run of a source took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300] });
        publications = meter.CreateCounter<long>("metricshub.publications", "{publication}", "Publications by what became of them: stored, refused as a whole, or barred for data about patients.");
        statements = meter.CreateCounter<long>("metricshub.statements", "{statement}", "Statements stored: observations and absences.");
        rejections = meter.CreateCounter<long>("metricshub.rejections", "{rejection}", "Rows and cells refused, by reason: a check, or unreadable; one that two checks refused counts for both.");
        pushes = meter.CreateCounter<long>("metricshub.pushes", "{push}", "Pushes by what became of them: taken, waiting, refused or key-used.");
    }

    /// <summary>Begins every count of the catalogue's sources at zero: the first one would else not be seen to rise.</summary>
    public void Begin(IEnumerable<SourceDefinition> sources)
    {
        foreach (var source in sources)
        {
            Array.ForEach(Outcomes, outcome => runs.Add(0, Of(source.Key), new(OutcomeTag, outcome.ToWord())));
            Array.ForEach(Ends, state => publications.Add(0, Of(source.Key), new(OutcomeTag, state.ToWord())));
            Array.ForEach([.. ReasonsOf(CheckKinds.None), .. Kinds.SelectMany(ReasonsOf)], reason => rejections.Add(0, Of(source.Key), new(ReasonTag, reason)));
            statements.Add(0, Of(source.Key));
        }
    }

    public void RunEnded(SourceKey source, RunOutcome outcome, TimeSpan duration)
    {
        runs.Add(1, Of(source), new(OutcomeTag, outcome.ToWord()));
        runDuration.Record(duration.TotalSeconds, Of(source));
    }

    public void Stored(SourceKey source, int count, IReadOnlyList<Rejection> refused)
    {
        Ended(source, PublicationState.Stored);
        statements.Add(count, Of(source));
        foreach (var (reason, number) in refused.SelectMany(rejection => ReasonsOf(rejection.Checks)).CountBy(reason => reason))
        {
            rejections.Add(number, Of(source), new(ReasonTag, reason));
        }
    }

    /// <param name="state">Refused as a whole, or barred.</param>
    public void Ended(SourceKey source, PublicationState state) => publications.Add(1, Of(source), new(OutcomeTag, state.ToWord()));

    public void Pushed(SourceKey source, PushOutcome outcome) => pushes.Add(1, Of(source), new(OutcomeTag, outcome switch
    {
        PushTaken => "taken",
        PushWaiting => "waiting",
        PushRefused => "refused",
        PushOfOthers => "of-others",
        PushKeyUsed => "key-used",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome of a push."),
    }));

    /// <summary>What happens until it is disposed of, as one span of a trace; null where nobody listens.</summary>
    public static Activity? Follow(string what, SourceKey source) => Activities.StartActivity(what)?.SetTag(SourceTag, source.ToString());

    private static IEnumerable<string> ReasonsOf(CheckKinds checks) =>
        checks == CheckKinds.None ? ["unreadable"] : Kinds.Where(kind => checks.HasFlag(kind)).Select(kind => kind.ToWord());

    private static KeyValuePair<string, object?> Of(SourceKey source) => new(SourceTag, source.ToString());
}
