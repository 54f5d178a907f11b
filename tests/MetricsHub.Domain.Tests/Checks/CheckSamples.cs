using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Tests.Checks;

/// <summary>Rules about beds, waits and attendances, and short ways to state figures of them.</summary>
internal static class CheckSamples
{
    public static readonly DateTimeOffset RetrievedAt = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly CheckRules Rules = new(
        new Dictionary<MetricKey, ValueRule>
        {
            [new("beds-open")] = Value("[0, 5000]", whole: true),
            [new("beds-occupied")] = Value("[0, 5000]", whole: true),
            [new("wait")] = Value("[0, +inf)", whole: false),
        },
        [
            Relation(CheckKinds.NotAbove, ["beds-occupied"], "beds-open", allow: 1.25),
            Relation(CheckKinds.Parts, ["attended", "missed"], "appointments", makesUp: true),
            Relation(CheckKinds.Parts, ["category-1", "category-2"], "incidents") with { Refuses = new HashSet<MetricKey> { new("category-1"), new("category-2") } },
        ],
        [
            Slip("another unit of time", "wait", "[20, 180]", leastMedian: 0),
            Slip("another power of ten", "beds-open", "[6, 15]", leastMedian: 100),
        ],
        new FutureRule(TimeSpan.FromMinutes(10), Provenance.LocalPlaceholder, "test"));

    public static readonly StatementChecks Gate = new(Rules);

    public static CheckedAgainst Nothing { get; } = new(RetrievedAt, null, []);

    public static Period Day(int day) => LondonCalendar.Day(new DateOnly(2026, 3, 1).AddDays(day));

    public static Statement State(string metric, double number, int day = 0, string organisation = "RTP", int row = 2) =>
        new(new SeriesKey(new MetricKey(metric), new OrganisationCode(organisation)), Day(day), Figure.Of(number), row);

    /// <summary>A figure for each of the days before day 0, the last one given being the newest.</summary>
    public static IReadOnlyList<RecordedStatement> History(string metric, params double[] numbers) =>
    [
        .. numbers.Select((number, index) => new RecordedStatement(
            State(metric, number).Series, Day(index - numbers.Length), Figure.Of(number), 2, PublicationId.Of([1]), RetrievedAt.AddDays(-1))),
    ];

    private static ValueRule Value(string range, bool whole) => new(ToInterval(range), whole, Provenance.LocalPlaceholder, "test");

    private static Relation Relation(CheckKinds kind, string[] parts, string total, double allow = 1, bool makesUp = false) => new(
        kind, [.. parts.Select(part => new MetricKey(part))], new MetricKey(total), allow, Tolerance: 0, makesUp,
        parts.Append(total).Select(metric => new MetricKey(metric)).ToHashSet(), Provenance.LocalPlaceholder, "test");

    private static UnitSlip Slip(string looksLike, string metric, string times, double leastMedian) => new(
        looksLike, new HashSet<MetricKey> { new(metric) }, ToInterval(times), leastMedian, History: 20, LeastHistory: 8, Provenance.LocalPlaceholder, "test");

    private static Interval ToInterval(string text) =>
        Interval.TryParse(text, out var interval) ? interval! : throw new ArgumentException($"'{text}' is no interval.");
}
