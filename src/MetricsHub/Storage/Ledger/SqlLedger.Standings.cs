using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    // Runs of one source never overlap: the one with the highest number is the last.
    public Task<IReadOnlyDictionary<SourceKey, SourceStanding>> ReadStandingsAsync(DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<SourceKey, SourceStanding>>(
            connection => connection
                .Query(
                    """
                    SELECT source, max(CASE WHEN outcome <> 'failed' AND locations_unread = 0 THEN finished_at END),
                        max(CASE WHEN outcome <> 'failed' AND locations_unread = 0 THEN run_id END), max(run_id)
                    FROM run
                    WHERE outcome IN ('succeeded', 'partial', 'failed')
                        AND (CAST($1 AS TIMESTAMP) IS NULL OR finished_at <= CAST($1 AS TIMESTAMP))
                    GROUP BY source
                    """,
                    row => (
                        Source: new SourceKey(row.GetString(0)),
                        Standing: new SourceStanding(LedgerRows.Instant(row, 1), row.IsDBNull(2) || row.GetInt64(2) != row.GetInt64(3))),
                    Stored(asOf))
                .ToDictionary(entry => entry.Source, entry => entry.Standing),
            cancellationToken);
}
