using MetricsHub.Domain;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Benchmarks.Escalation;

/// <summary>A made-up system of 20 providers that each report 20 metrics every quarter of an hour: 400 series, ten indicators, one framework.</summary>
internal sealed class LiveSystem
{
    private const int Providers = 20;
    private const int Inputs = 10;
    private const string Made = "benchmark";

    private readonly Dictionary<SeriesKey, SeriesColumn> columns = [];

    public LiveSystem(int days)
    {
        var codes = Enumerable.Range(0, Providers).Select(i => new OrganisationCode($"P{i}")).ToList();
        var tree = new OrganisationTree(
            [
                new Organisation(Code, "System", OrganisationKind.System, DateSpan.Always, null, Made),
                .. codes.Select(code => new Organisation(code, code.ToString(), OrganisationKind.Provider, DateSpan.Always, null, Made)),
            ],
            [.. codes.Select(code => new ParentRelation(code, Code, DateSpan.Always, Basis.Quoted, Made, null))]);
        var metrics = Enumerable.Range(0, 2 * Inputs).Select(i => ToMetric($"metric-{i}")).ToDictionary(metric => metric.Key);
        var indicators = Enumerable.Range(0, Inputs).Select(ToIndicator).ToDictionary(indicator => indicator.Key);
        Calculator = new EscalationCalculator(indicators, new IndicatorCalculator(tree, metrics));
        var start = LondonCalendar.StartOf(new DateOnly(2025, 1, 1));
        Slots = [.. Grid.SlotsBetween(Cadence.QuarterHour, start, start.AddDays(days))];
        var random = new Random(42);
        foreach (var series in metrics.Keys.SelectMany(metric => codes.Select(code => new SeriesKey(metric, code))))
        {
            columns.Add(series, ToColumn(random));
        }
    }

    public OrganisationCode Code { get; } = new("SYS");

    public Period[] Slots { get; }

    public EscalationCalculator Calculator { get; }

    public int Series => columns.Count;

    public Framework Framework { get; } = new(
        Made, "1", Made, Made, false, [OrganisationKind.System], DateSpan.Always, Cadence.QuarterHour,
        new ScoringRule(ScoringMode.PercentOfAvailable, Rounding.None, Provenance.LocalPlaceholder, Made),
        [
            .. Enumerable.Range(0, Inputs).Select(i => new Parameter(
                $"indicator-{i}", [Band("(-inf, 0.8]", 0), Band("(0.8, 0.9]", 1), Band("(0.9, 1]", 2), Band("(1, +inf)", 3)],
                null, new MaximumAge(TimeSpan.FromHours(1), Provenance.LocalPlaceholder, Made))),
        ],
        [],
        [Cut(1, "[0, 25]"), Cut(2, "(25, 50]"), Cut(3, "(50, 75]"), Cut(4, "(75, 100]")],
        new MissingDataPolicy(3, 2, 75, 80, 4, Provenance.LocalPlaceholder, Made),
        new HysteresisPolicy(5, 4, Provenance.LocalPlaceholder, Made));

    public SeriesColumn ColumnOf(SeriesKey series) => columns[series];

    /// <summary>The statements of the newest slots, as the store would give them.</summary>
    public StatementSet NewestStatements(int slots) => new(columns.SelectMany(series => Slots.TakeLast(slots).Select((slot, i) => new RecordedStatement(
        series.Key, slot, Figure.Of(50 + i), 1, PublicationId.Of("benchmark"u8), slot.End))));

    /// <summary>A walk of its own for each series; one figure in fifty is not there.</summary>
    private SeriesColumn ToColumn(Random random)
    {
        var present = Slots.Where(_ => random.Next(50) > 0).ToList();
        var level = 100.0;
        return new SeriesColumn(
            [.. present.Select(slot => slot.End.UtcTicks)],
            [.. present.Select(_ => level = Math.Clamp(level + random.Next(-3, 4), 60, 140))],
            new AbsenceCode[present.Count]);
    }

    private static Metric ToMetric(string key) => new(
        new MetricKey(key), key, key, "beds", "beds", Made, Cadence.QuarterHour, MeasureKind.Snapshot, Polarity.NoJudgement, false,
        [OrganisationKind.Provider], []);

    private static Indicator ToIndicator(int i) => new(
        $"indicator-{i}", Made, Made, $"domain-{i}", "share", Polarity.LowIsGood,
        [new IndicatorFormula([new IndicatorTerm(new MetricKey($"metric-{2 * i}"), false)], [new IndicatorTerm(new MetricKey($"metric-{(2 * i) + 1}"), false)])]);

    private static Band Band(string range, int points) => new(Parse(range), points, Provenance.LocalPlaceholder, Made);

    private static LevelCut Cut(int level, string range) => new(level, Parse(range), Provenance.LocalPlaceholder, Made);

    private static Interval Parse(string text) => Interval.TryParse(text, out var interval) ? interval! : throw new FormatException(text);
}
