using System.Globalization;
using System.Text;
using CsCheck;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Storage;

/// <summary>Short ways to say statements and releases.</summary>
internal static class StorageSamples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 28, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// A few series and periods around the change of the clocks and the end of a month, so that releases collide often; quarters, so
    /// that sums are exact in every order.
    /// </summary>
    private static readonly Gen<Statement> AnyStatement = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 120], OneOf(1, 1, 1, 24), Gen.Int[-4, 400], Gen.Int[0, 6],
        (metric, organisation, hour, length, quarters, absence) => new Statement(
            Series($"metric-{metric}", $"ORG{organisation}"),
            new Period(Start.AddHours(hour), Start.AddHours(hour + length)),
            absence == 0 ? Figure.Absent(AbsenceCode.Suppressed) : Figure.Of(quarters / 4.0),
            hour + 1));

    private static readonly Gen<(Release Release, IReadOnlyList<Statement> Statements)> AnyRelease = Gen.Select(
        Gen.Int[0, 5], Gen.Int[1, 2], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 1], AnyStatement.Array[0, 25],
        (publication, parser, replay, published, revision, statements) => (
            Release($"p{publication}", parser, published == 0 ? null : Start.AddDays(published), revision, publication, replay),
            (IReadOnlyList<Statement>)[.. statements.DistinctBy(statement => (statement.Series, statement.Period))]));

    public static Gen<(Release Release, IReadOnlyList<Statement> Statements)[]> AnyReleases { get; } = AnyRelease.Array[1, 12];

    /// <summary>Queries that wait for the instants at which something was recorded.</summary>
    public static Gen<Func<IReadOnlyList<DateTimeOffset>, StatementQuery>> AnyQuery { get; } = Gen.Select(
        AnySelection, Gen.Int[-10, 130], Gen.Int[0, 130], Gen.Int[0, 30], OneOf<int?>(null, 1, 5, 40), AnyStatement, Gen.Int[0, 3],
        (selection, from, length, asOf, limit, after, mode) => new Func<IReadOnlyList<DateTimeOffset>, StatementQuery>(recorded => new StatementQuery(
            selection,
            mode == 0 ? null : Start.AddMinutes(from * 60 + 20),
            mode == 1 ? null : Start.AddMinutes((from + length) * 60 + 20),
            asOf < recorded.Count ? recorded[asOf] : null,
            mode < 2 ? null : new StatementPosition(after.Series, after.Period),
            limit)));

    private static Gen<SeriesSelection> AnySelection => OneOf(
        SeriesSelection.All,
        new SeriesSelection(new HashSet<MetricKey> { new("metric-1") }, null),
        new SeriesSelection(null, new HashSet<OrganisationCode> { new("ORG0"), new("ORG2") }),
        new SeriesSelection(new HashSet<MetricKey> { new("metric-2"), new("metric-9") }, new HashSet<OrganisationCode> { new("ORG1") }));

    public static SeriesKey Series(string metric, string organisation) => new(new MetricKey(metric), new OrganisationCode(organisation));

    public static Statement Hour(int hour, double value, string metric = "beds", string organisation = "RTP") =>
        new(Series(metric, organisation), new Period(Start.AddHours(hour), Start.AddHours(hour + 1)), Figure.Of(value), hour + 1);

    public static Release Release(string publication, int parser = 1, DateTimeOffset? published = null, int revision = 0, long arrival = 1, int replay = 0) =>
        new(PublicationId.Of(Encoding.UTF8.GetBytes(publication)), new SourceKey("some-source"), new Reading(parser, replay), new ReleaseOrder(published, revision, arrival));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    public static double Number(RecordedStatement statement) =>
        statement.Figure.TryGetNumber(out var number)
            ? number
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{statement} has no number."));
}
