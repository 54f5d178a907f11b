using System.Data.Common;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    // What is due changes no answer, so that the version stays.
    public Task AnnounceAsync(SourceKey source, PublicationId id, IReadOnlyList<TouchedSpan> spans, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var publication = Find(connection, source, id) ?? throw new InvalidOperationException($"Publication {id} of {source} is not registered.");
                return (false, connection.Execute(
                    """
                    INSERT INTO due_span (arrival, metric, organisation, first_start, last_end)
                    SELECT $1, unnest(CAST($2 AS TEXT[])), unnest(CAST($3 AS TEXT[])), unnest(CAST($4 AS TIMESTAMP[])), unnest(CAST($5 AS TIMESTAMP[]))
                    """,
                    publication.Release.Arrival,
                    spans.Select(span => span.Series.Metric.ToString()).ToList(),
                    spans.Select(span => span.Series.Organisation.ToString()).ToList(),
                    spans.Select(span => StoreTime.From(span.FirstStart)).ToList(),
                    spans.Select(span => StoreTime.From(span.LastEnd)).ToList()));
            },
            cancellationToken);

    public Task<DueFigures> ReadDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
            {
                long? ticket = null;
                var spans = connection.Query(
                    "SELECT metric, organisation, min(first_start), max(last_end), max(ticket) FROM due_span GROUP BY metric, organisation ORDER BY metric, organisation",
                    row =>
                    {
                        ticket = row.IsDBNull(4) || row.GetInt64(4) <= ticket ? ticket : row.GetInt64(4);
                        return new TouchedSpan(
                            new SeriesKey(new MetricKey(row.GetString(0)), new OrganisationCode(row.GetString(1))),
                            LedgerRows.Instant(row, 2)!.Value,
                            LedgerRows.Instant(row, 3)!.Value);
                    });
                return new DueFigures(spans, ticket);
            },
            cancellationToken);

    public Task<IReadOnlyList<Evaluation>> ListEvaluationsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Evaluation>>(
            connection => connection.Query(
                """
                SELECT framework_key, framework_version, rules_hash, evaluated_to, finished_at, failure
                FROM evaluation ORDER BY framework_key, framework_version
                """,
                row => new Evaluation(
                    new FrameworkVersion(row.GetString(0), row.GetString(1)),
                    row.GetString(2),
                    LedgerRows.Instant(row, 3)!.Value,
                    LedgerRows.Instant(row, 4)!.Value,
                    LedgerRows.Text(row, 5))),
            cancellationToken);

    public Task CompleteEvaluationAsync(long evaluation, IReadOnlyList<Evaluation> evaluations, long? ticket, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                CheckLast(connection, evaluation);
                foreach (var done in evaluations)
                {
                    connection.Execute(
                        """
                        INSERT INTO evaluation (framework_key, framework_version, rules_hash, evaluated_to, finished_at, failure)
                        VALUES ($1, $2, $3, $4, $5, $6)
                        ON CONFLICT (framework_key, framework_version) DO UPDATE SET
                            rules_hash = excluded.rules_hash, evaluated_to = excluded.evaluated_to, finished_at = excluded.finished_at, failure = excluded.failure
                        """,
                        done.Framework.Key,
                        done.Framework.Version,
                        done.RulesHash,
                        StoreTime.From(done.EvaluatedTo),
                        StoreTime.From(done.FinishedAt),
                        done.Failure);
                }

                var taken = connection.Execute("DELETE FROM due_span WHERE ticket <= CAST($1 AS BIGINT)", ticket);
                return (evaluations.Count + taken > 0, taken);
            },
            cancellationToken);

    /// <summary>A publication that is complete: what it announced has been stored, and can be taken off when it has been evaluated.</summary>
    private static void Settle(DbConnection connection, long arrival)
    {
        if (connection.QueryFirst("SELECT count(*) FROM due_span WHERE arrival = $1 AND ticket IS NULL", row => row.GetInt64(0), arrival) > 0)
        {
            connection.Execute("UPDATE due_span SET ticket = nextval('due_ticket') WHERE arrival = $1 AND ticket IS NULL", arrival);
        }
    }
}
