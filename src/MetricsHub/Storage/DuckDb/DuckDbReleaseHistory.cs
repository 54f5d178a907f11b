using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// The releases of a DuckDB file. What a release states is found by looking through all statements, so that many releases are read at once:
/// as many as together state a bounded number of things.
/// </summary>
/// <param name="statementsAtOnce">How many, unless one release alone states more.</param>
internal sealed class DuckDbReleaseHistory(DuckDbFile file, long statementsAtOnce = 200_000) : IReleaseHistory
{
    private const string AnyStatement =
        """
        (SELECT * FROM statement_current UNION ALL SELECT * FROM statement_recent UNION ALL SELECT * FROM statement_superseded)
        """;

    public async IAsyncEnumerable<WholeRelease> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var releases = await file.ReadAsync(ListReleases, cancellationToken);
        for (var first = 0; first < releases.Count;)
        {
            var count = Together(releases, first);
            var some = releases.GetRange(first, count);
            var statements = await file.ReadAsync(connection => ReadStatements(connection, some[0].Id, some[^1].Id), cancellationToken);
            foreach (var (id, release, recordedAt, _) in some)
            {
                yield return WholeRelease.Of(release, recordedAt, statements.GetValueOrDefault(id) ?? []);
            }

            first += count;
        }
    }

    private int Together(List<Listed> releases, int first)
    {
        var statements = 0L;
        return Math.Max(1, releases.Skip(first).TakeWhile(release => (statements += release.Statements) <= statementsAtOnce).Count());
    }

    private static List<Listed> ListReleases(DuckDBConnection connection) => connection.Query(
        $"""
        WITH counted AS (SELECT release_id, count(*) AS statements FROM {AnyStatement} GROUP BY release_id)
        SELECT release_id, publication, source, parser_version, replay, epoch_us(published_at), revision, arrival, epoch_us(recorded_at), coalesce(statements, 0)
        FROM release LEFT JOIN counted USING (release_id) ORDER BY release_id
        """,
        row => new Listed(
            row.GetInt32(0),
            new Release(
                new PublicationId(row.GetString(1)),
                new SourceKey(row.GetString(2)),
                new Reading(row.GetInt32(3), row.GetInt32(4)),
                new ReleaseOrder(row.IsDBNull(5) ? null : Instant(row, 5), row.GetInt32(6), row.GetInt64(7))),
            Instant(row, 8),
            row.GetInt64(9)));

    private static Dictionary<int, List<Statement>> ReadStatements(DuckDBConnection connection, int first, int last) => connection
        .Query(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                SELECT release_id, metric, organisation, value, absence, epoch_us(period_start), epoch_us(period_end), source_row
                FROM {AnyStatement} AS every JOIN series USING (series_id) WHERE release_id BETWEEN {first} AND {last}
                """),
            row => (Release: row.GetInt32(0), Statement: new Statement(
                new SeriesKey(new MetricKey(row.GetString(1)), new OrganisationCode(row.GetString(2))),
                new Period(Instant(row, 5), Instant(row, 6)),
                MemoryLoader.Figure(row, 3),
                row.GetInt32(7))))
        .GroupBy(entry => entry.Release)
        .ToDictionary(entries => entries.Key, entries => entries.Select(entry => entry.Statement).ToList());

    private static DateTimeOffset Instant(DbDataReader row, int at) => StoreTime.FromMicroseconds(row.GetInt64(at));

    private readonly record struct Listed(int Id, Release Release, DateTimeOffset RecordedAt, long Statements);
}
