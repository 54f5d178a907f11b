using MetricsHub.Catalogue;
using MetricsHub.Domain;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Tests.Api;

namespace MetricsHub.Tests.Escalation;

/// <summary>
/// A catalogue that is small and awkward: a provider that closes at night, one that joins the system in the middle and leaves it again, an
/// indicator with two formulas, one that only its own slot counts for, and frameworks on two grids.
/// </summary>
internal static class EvaluatedSystem
{
    public const string Live = "live";
    public const string Daily = "daily";
    private const string Made = "test";

    public static readonly SourceKey Source = new("made");
    public static readonly OrganisationCode System = new("SYS");
    public static readonly IReadOnlyList<OrganisationCode> Providers = [new("P1"), new("P2"), new("P3")];
    public static readonly DateOnly Day = new(2026, 3, 2);
    public static readonly DateTimeOffset Start = LondonCalendar.StartOf(Day);

    public static readonly IReadOnlyList<MetricKey> Metrics =
        [new("utc-waits"), new("utc-long-waits"), new("utc-seen"), new("ed-waits"), new("ed-seen"), new("gp-waits"), new("gp-seen")];

    public static HubCatalogue Catalogue { get; } = Build();

    private static HubCatalogue Build()
    {
        var metrics = Metrics.ToDictionary(key => key, key => new Metric(
            key, Made, Made, "patients", key.ToString().Split('-')[0], null, Cadence.QuarterHour, MeasureKind.Snapshot, Polarity.LowIsGood, true,
            [OrganisationKind.Provider], []));
        var tree = new OrganisationTree(
            [
                new Organisation(System, "System", OrganisationKind.System, DateSpan.Always, null, Made),
                .. Providers.Select(code => new Organisation(code, code.ToString(), OrganisationKind.Provider, DateSpan.Always, null, Made)),
            ],
            [.. Providers.Select(code => new ParentRelation(
                code, System, code == Providers[2] ? new DateSpan(Day.AddDays(1), Day.AddDays(3)) : DateSpan.Always, Basis.Quoted, Made, null))]);
        var open = new OpeningHours([new OpeningRelation(Providers[1], "utc", Hours("08:00-20:00"), DateSpan.Always, Made)]);
        var timetable = new Timetable(Source, Hours("00:00-24:00"), TimeSpan.FromMinutes(5));
        var indicators = new[] { Indicator("utc", "waits", "long-waits"), Indicator("ed", "waits"), Indicator("gp", "waits") };
        return ApiHost.Catalogue with
        {
            Metrics = metrics,
            Organisations = tree,
            SharedServices = new SharedServices([]),
            Indicators = indicators.ToDictionary(indicator => indicator.Key),
            Expectations = new Expectations(metrics, metrics.Keys.ToDictionary(key => key, _ => timetable), open, tree),
            Frameworks =
            [
                Framework(Live, Cadence.QuarterHour, TimeSpan.FromMinutes(45), OrganisationKind.System, OrganisationKind.Provider),
                Framework(Daily, Cadence.Day, TimeSpan.FromDays(1), OrganisationKind.System),
            ],
        };
    }

    private static Framework Framework(string key, Cadence grid, TimeSpan age, params OrganisationKind[] kinds) => new(
        key, "1", Made, Made, false, kinds, DateSpan.Always, grid,
        new ScoringRule(ScoringMode.PercentOfAvailable, Rounding.None, Provenance.LocalPlaceholder, Made),
        [Parameter("utc", age), Parameter("ed", age) with { Weight = new ParameterWeight(1.5m, Provenance.LocalPlaceholder, Made) }, Parameter("gp", null)],
        [],
        [Cut(1, "[0, 25]"), Cut(2, "(25, 50]"), Cut(3, "(50, 75]"), Cut(4, "(75, 100]")],
        new MissingDataPolicy(2, 2, 60, 80, 2, Provenance.LocalPlaceholder, Made),
        new HysteresisPolicy(5, 3, Provenance.LocalPlaceholder, Made));

    private static Parameter Parameter(string indicator, TimeSpan? age) => new(
        indicator, [Band("(-inf, 0.3]", 0), Band("(0.3, 0.6]", 1), Band("(0.6, 0.9]", 2), Band("(0.9, +inf)", 3)],
        MaximumAge: age is { } value ? new MaximumAge(value, Provenance.LocalPlaceholder, Made) : null);

    private static Indicator Indicator(string domain, params string[] numerators) => new(
        domain, Made, Made, domain, "share", Polarity.LowIsGood,
        [.. numerators.Select(name => new IndicatorFormula([new IndicatorTerm(new MetricKey($"{domain}-{name}"), false)], [new IndicatorTerm(new MetricKey($"{domain}-seen"), false)]))]);

    private static Band Band(string range, int points) => new(Parse(range), points, Provenance.LocalPlaceholder, Made);

    private static LevelCut Cut(int level, string range) => new(level, Parse(range), Provenance.LocalPlaceholder, Made);

    private static Interval Parse(string text) => Interval.TryParse(text, out var interval) ? interval! : throw new FormatException(text);

    private static Calendar Hours(string text) => new(
        Made, Made, Enum.GetValues<DayOfWeek>().ToDictionary(day => day, IReadOnlyList<OpenSpan> (_) => [OpenSpan.TryParse(text, out var span) ? span! : throw new FormatException(text)]),
        null, null, BankHolidays.None);
}
