using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Tests;

/// <summary>
/// A system Sys (SYS) of two providers P1 and P2, of which P2 moves to system NEW on 1 April 2026; two indicators of two service domains,
/// each breaches over attendances; and a framework that scores both.
/// </summary>
internal static class SmallSystem
{
    public static readonly OrganisationCode Sys = new("SYS");
    public static readonly OrganisationCode NewSystem = new("NEW");
    public static readonly OrganisationCode P1 = new("P1");
    public static readonly OrganisationCode P2 = new("P2");
    public static readonly Period March = LondonCalendar.Month(2026, 3);
    public static readonly Period April = LondonCalendar.Month(2026, 4);

    private static readonly DateOnly Merger = new(2026, 4, 1);

    public static readonly OrganisationTree Tree = new(
        [
            new Organisation(Sys, "System", OrganisationKind.System, DateSpan.Always, null, "test"),
            new Organisation(NewSystem, "New system", OrganisationKind.System, new DateSpan(Merger, null), null, "test"),
            new Organisation(P1, "Provider 1", OrganisationKind.Provider, DateSpan.Always, null, "test"),
            new Organisation(P2, "Provider 2", OrganisationKind.Provider, DateSpan.Always, null, "test"),
        ],
        [
            new ParentRelation(P1, Sys, DateSpan.Always, Basis.Quoted, "test", null),
            new ParentRelation(P2, Sys, new DateSpan(null, Merger), Basis.Quoted, "test", null),
            new ParentRelation(P2, NewSystem, new DateSpan(Merger, null), Basis.Inferred, "test", "follows its site"),
        ]);

    public static readonly IReadOnlyDictionary<MetricKey, Metric> Metrics =
        new[] { "ed-seen", "ed-breaches", "utc-seen", "utc-breaches" }.Select(Metric).ToDictionary(metric => metric.Key);

    public static readonly Indicator Ed = Indicator("ed");
    public static readonly Indicator Utc = Indicator("utc");

    public static readonly IndicatorCalculator Indicators = new(Tree, Metrics);

    public static readonly EscalationCalculator Escalation =
        new(new[] { Ed, Utc }.ToDictionary(indicator => indicator.Key), Indicators);

    public static readonly Framework TwoInputs = new(
        "test", "1", "Test", "Test", false, [OrganisationKind.System], DateSpan.Always, Cadence.Month,
        new ScoringRule(ScoringMode.PercentOfAvailable, Rounding.None, Provenance.LocalPlaceholder, "test"),
        [new Parameter("ed-breach-share", Bands()), new Parameter("utc-breach-share", Bands())],
        [],
        [Cut(1, "[0, 25)"), Cut(2, "[25, 50)"), Cut(3, "[50, 75)"), Cut(4, "[75, 100]")],
        new MissingDataPolicy(2, 2, 75, 80, 2, Provenance.LocalPlaceholder, "test"),
        new HysteresisPolicy(0, 1, Provenance.LocalPlaceholder, "test"));

    public static RecordedStatement State(string metric, OrganisationCode organisation, Period period, double value) =>
        State(metric, organisation, period, Figure.Of(value));

    public static RecordedStatement State(string metric, OrganisationCode organisation, Period period, Figure figure) => new(
        new SeriesKey(new MetricKey(metric), organisation), period, figure, 1, PublicationId.Of("test"u8), period.End);

    public static EscalationReading Evaluate(Framework framework, params IEnumerable<RecordedStatement> statements) =>
        Escalation.Evaluate(framework, Sys, March, new StatementSet(statements), _ => AbsenceCode.Late);

    private static Metric Metric(string key) => new(
        new MetricKey(key), key, key, "attendances", key.Split('-')[0], "test", Cadence.Month, MeasureKind.Flow,
        Polarity.NoJudgement, true, [OrganisationKind.Provider], []);

    private static Indicator Indicator(string domain) => new(
        $"{domain}-breach-share", domain, domain, domain, "share", Polarity.LowIsGood,
        [new IndicatorFormula([new IndicatorTerm(new MetricKey($"{domain}-breaches"), false)], [new IndicatorTerm(new MetricKey($"{domain}-seen"), false)])]);

    private static Band[] Bands() => [Band("(-inf, 0.1]", 0), Band("(0.1, 0.2]", 1), Band("(0.2, 0.3]", 2), Band("(0.3, +inf)", 3)];

    private static Band Band(string range, int points) => new(Parse(range), points, Provenance.LocalPlaceholder, "test");

    private static LevelCut Cut(int level, string percent) => new(level, Parse(percent), Provenance.LocalPlaceholder, "test");

    private static Interval Parse(string text) => Interval.TryParse(text, out var interval) ? interval! : throw new FormatException(text);
}
