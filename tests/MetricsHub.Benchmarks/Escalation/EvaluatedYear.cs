using MetricsHub.Catalogue;
using MetricsHub.Domain;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Storage;

namespace MetricsHub.Benchmarks.Escalation;

/// <summary>
/// Made-up systems of 20 providers that each report 20 metrics every quarter of an hour, as a catalogue: the first with figures of a year,
/// the others with those of the last day.
/// </summary>
internal static class EvaluatedYear
{
    public const int Systems = 42;
    private const int Providers = 20;
    private const int Inputs = 10;
    private const string Made = "benchmark";

    public static SourceKey Source { get; } = new(Made);

    public static Framework Framework { get; } = new(
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

    public static HubCatalogue Catalogue()
    {
        var codes = Enumerable.Range(0, Systems).SelectMany(system => Enumerable.Range(0, Providers).Select(provider => (System: SystemCode(system), Code: ProviderCode(system, provider)))).ToList();
        var tree = new OrganisationTree(
            [
                .. Enumerable.Range(0, Systems).Select(system => new Organisation(SystemCode(system), "System", OrganisationKind.System, DateSpan.Always, null, Made)),
                .. codes.Select(entry => new Organisation(entry.Code, "Provider", OrganisationKind.Provider, DateSpan.Always, null, Made)),
            ],
            [.. codes.Select(entry => new ParentRelation(entry.Code, entry.System, DateSpan.Always, Basis.Quoted, Made, null))]);
        var metrics = Enumerable.Range(0, 2 * Inputs).Select(i => new Metric(
            MetricOf(i), Made, Made, "beds", "beds", null, Cadence.QuarterHour, MeasureKind.Snapshot, Polarity.NoJudgement, false, [OrganisationKind.Provider], []))
            .ToDictionary(metric => metric.Key);
        var real = CatalogueLoader.Load(Path.Combine(AppContext.BaseDirectory, "catalogue"), new Parsers().Keys);
        return real with
        {
            Metrics = metrics,
            Indicators = Enumerable.Range(0, Inputs).Select(ToIndicator).ToDictionary(indicator => indicator.Key),
            Organisations = tree,
            SharedServices = new SharedServices([]),
            Sources = new Dictionary<SourceKey, SourceDefinition>(),
            Frameworks = [Framework],
            Expectations = new Expectations(metrics, new Dictionary<MetricKey, Timetable>(), OpeningHours.None, tree),
        };
    }

    public static OrganisationCode SystemCode(int system) => new($"S{system}");

    /// <summary>Stores a system's figures, a day to a publication; one in fifty is not there.</summary>
    public static async Task StoreAsync(IObservationStore store, int system, DateTimeOffset from, DateTimeOffset to)
    {
        var random = new Random(system);
        var level = new double[Providers, 2 * Inputs];
        for (var day = from; day < to; day = day.AddDays(1))
        {
            var statements = new List<Statement>();
            for (var provider = 0; provider < Providers; provider++)
            {
                for (var metric = 0; metric < 2 * Inputs; metric++)
                {
                    var series = new SeriesKey(MetricOf(metric), ProviderCode(system, provider));
                    for (var slot = 0; slot < 96; slot++)
                    {
                        ref var number = ref level[provider, metric];
                        number = Math.Clamp((number == 0 ? 100 : number) + random.Next(-3, 4), 60, 140);
                        if (random.Next(50) > 0)
                        {
                            var start = day.AddMinutes(15 * slot);
                            statements.Add(new Statement(series, new Period(start, start.AddMinutes(15)), Figure.Of(number), 1));
                        }
                    }
                }
            }

            var id = PublicationId.Of(System.Text.Encoding.UTF8.GetBytes($"{system} {day:O}"));
            await store.AppendAsync(new Release(id, Source, new Reading(1, 0), new ReleaseOrder(null, 0, (day.Ticks / TimeSpan.TicksPerDay * 100) + system)), statements, CancellationToken.None);
        }
    }

    private static OrganisationCode ProviderCode(int system, int provider) => new($"P{system}X{provider}");

    private static MetricKey MetricOf(int number) => new($"metric-{number}");

    private static Indicator ToIndicator(int i) => new(
        $"indicator-{i}", Made, Made, $"domain-{i}", "share", Polarity.LowIsGood,
        [new IndicatorFormula([new IndicatorTerm(MetricOf(2 * i), false)], [new IndicatorTerm(MetricOf((2 * i) + 1), false)])]);

    private static Band Band(string range, int points) => new(Parse(range), points, Provenance.LocalPlaceholder, Made);

    private static LevelCut Cut(int level, string range) => new(level, Parse(range), Provenance.LocalPlaceholder, Made);

    private static Interval Parse(string text) => Interval.TryParse(text, out var interval) ? interval! : throw new FormatException(text);
}
