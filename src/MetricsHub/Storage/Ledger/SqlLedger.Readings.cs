using System.Data.Common;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    private const string OfOrganisation = "framework_key = $1 AND framework_version = $2 AND organisation = $3";

    public Task<long> BeginEvaluationAsync(CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            connection.Execute("UPDATE evaluation_turn SET turn = turn + 1");
            return (false, ReadEvaluation(connection));
        },
        cancellationToken);

    // A reading says what the statements say already, so that no answer changes and the version stays.
    public Task RecordReadingsAsync(long evaluation, RecordedReadings readings, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                CheckLast(connection, evaluation);
                Supersede(connection, readings);
                return (false, readings.Outcomes.Count == 0 ? 0 : Insert(connection, readings));
            },
            cancellationToken);

    public Task<IReadOnlyList<ShownOutcome>> ReadReadingsAsync(ReadingQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ShownOutcome>>(
            connection => connection.Query(
                $"SELECT {ReadingRows.Columns} FROM {Table(query)} WHERE {OfOrganisation} AND slot_end >= $4 AND slot_end <= $5 ORDER BY slot_end",
                ReadingRows.Outcome,
                Values(query)),
            cancellationToken);

    public Task<IReadOnlyList<SteppedOutcome>> ReadHourlyReadingsAsync(ReadingQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SteppedOutcome>>(
            connection => connection.Query(
                $"""
                WITH chosen AS (SELECT * FROM {Table(query)} WHERE {OfOrganisation} AND slot_end >= $4 AND slot_end <= $5)
                SELECT {ReadingRows.Columns}, highest_shown, highest_calculated, readings, uncertain
                FROM chosen JOIN (
                    SELECT max(slot_end) AS last_end, max(shown_level) AS highest_shown, max(level) AS highest_calculated,
                        CAST(count(*) AS INTEGER) AS readings, CAST(sum(CASE WHEN lowest_level <> highest_level THEN 1 ELSE 0 END) AS INTEGER) AS uncertain
                    FROM chosen GROUP BY date_trunc('hour', slot_end - INTERVAL '1 microsecond')) AS hours ON slot_end = last_end
                ORDER BY slot_end
                """,
                row => new SteppedOutcome(ReadingRows.Outcome(row), row.GetInt32(18), row.GetInt32(19), row.GetInt32(20), row.GetInt32(21)),
                Values(query)),
            cancellationToken);

    public Task<IReadOnlyDictionary<OrganisationCode, DateTimeOffset>> ListNewestCalculatedAsync(
        FrameworkVersion framework, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<OrganisationCode, DateTimeOffset>>(
            connection => connection
                .Query(
                    """
                    SELECT organisation, max(slot_end) FROM reading
                    WHERE framework_key = $1 AND framework_version = $2 AND level > 0 AND slot_end <= $3 GROUP BY organisation
                    """,
                    row => (Organisation: new OrganisationCode(row.GetString(0)), At: LedgerRows.Instant(row, 1)!.Value),
                    framework.Key,
                    framework.Version,
                    StoreTime.From(until))
                .ToDictionary(found => found.Organisation, found => found.At),
            cancellationToken);

    private static void CheckLast(DbConnection connection, long evaluation)
    {
        if (ReadEvaluation(connection) != evaluation)
        {
            throw new OvertakenException($"evaluation {evaluation} is not the last one");
        }
    }

    private static long ReadEvaluation(DbConnection connection) => connection.QueryFirst("SELECT turn FROM evaluation_turn", row => row.GetInt64(0));

    private static void Supersede(DbConnection connection, RecordedReadings readings)
    {
        object?[] those =
        [
            readings.Framework.Key,
            readings.Framework.Version,
            readings.Organisation.ToString(),
            readings.Outcomes.Select(found => found.At).Concat(readings.Gone).Select(StoreTime.From).ToList(),
        ];
        const string Slots = $"{OfOrganisation} AND slot_end IN (SELECT unnest(CAST($4 AS TIMESTAMP[])))";
        connection.Execute(
            $"""
            INSERT INTO reading_superseded ({ReadingRows.Names}, {ReadingRows.Columns}, superseded_at)
            SELECT {ReadingRows.Names}, {ReadingRows.Columns}, CAST($5 AS TIMESTAMP) FROM reading WHERE {Slots}
            """,
            [.. those, StoreTime.From(readings.RecordedAt)]);
        connection.Execute($"DELETE FROM reading WHERE {Slots}", those);
    }

    private static int Insert(DbConnection connection, RecordedReadings readings) => connection.Execute(
        $"""
        INSERT INTO reading ({ReadingRows.Names}, {ReadingRows.Columns})
        SELECT $1, $2, $3, CAST($4 AS TIMESTAMP), $5, unnest(CAST($6 AS TIMESTAMP[])),
            unnest(CAST($7 AS INTEGER[])), unnest(CAST($8 AS INTEGER[])), unnest(CAST($9 AS INTEGER[])), unnest(CAST($10 AS INTEGER[])),
            unnest(CAST($11 AS INTEGER[])), unnest(CAST($12 AS INTEGER[])),
            unnest(CAST($13 AS TEXT[])), unnest(CAST($14 AS TEXT[])), unnest(CAST($15 AS TEXT[])), unnest(CAST($16 AS TEXT[])), unnest(CAST($17 AS TEXT[])),
            unnest(CAST($18 AS INTEGER[])), unnest(CAST($19 AS INTEGER[])), unnest(CAST($20 AS TIMESTAMP[])),
            unnest(CAST($21 AS INTEGER[])), unnest(CAST($22 AS INTEGER[])), unnest(CAST($23 AS INTEGER[]))
        """,
        [
            readings.Framework.Key, readings.Framework.Version, readings.Organisation.ToString(), StoreTime.From(readings.RecordedAt), readings.RulesHash,
            .. ReadingRows.Lists(readings.Outcomes),
        ]);

    /// <summary>The table of the newest readings, or those that were the newest at an instant.</summary>
    private static string Table(ReadingQuery query) => query.AsOf is null
        ? "reading"
        : $"""
            (SELECT {ReadingRows.Names}, {ReadingRows.Columns} FROM reading WHERE recorded_at <= $6
             UNION ALL SELECT {ReadingRows.Names}, {ReadingRows.Columns} FROM reading_superseded WHERE recorded_at <= $6 AND superseded_at > $6) AS known
            """;

    private static object?[] Values(ReadingQuery query) =>
    [
        query.Framework.Key, query.Framework.Version, query.Organisation.ToString(), StoreTime.From(query.From), StoreTime.From(query.To),
        .. query.AsOf is { } asOf ? new object?[] { StoreTime.From(asOf) } : [],
    ];
}
