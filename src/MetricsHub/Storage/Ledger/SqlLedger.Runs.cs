using System.Data.Common;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<long> StartRunAsync(SourceKey source, DateTimeOffset startedAt, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                CloseInterrupted(connection, source, startedAt);
                return (true, connection.QueryFirst(
                    """
                    INSERT INTO run (run_id, source, started_at, outcome, offered, stored, refused)
                    VALUES (nextval('run_number'), $1, $2, 'running', 0, 0, 0) RETURNING run_id
                    """,
                    row => row.GetInt64(0),
                    source.ToString(),
                    StoreTime.From(startedAt)));
            },
            cancellationToken);

    public Task FinishRunAsync(long run, RunResult result, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var finished = connection.Execute(
                    "UPDATE run SET outcome = $2, finished_at = $3, offered = $4, stored = $5, refused = $6, message = $7, locations_unread = $8 WHERE run_id = $1",
                    run,
                    LedgerRows.Text(result.Outcome),
                    StoreTime.From(result.FinishedAt),
                    result.Offered,
                    result.Stored,
                    result.Refused,
                    result.Message,
                    result.LocationsUnread);
                return finished == 1 ? (true, finished) : throw new InvalidOperationException($"There is no run {run}.");
            },
            cancellationToken);

    public Task<int> CloseInterruptedRunsAsync(SourceKey source, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                var closed = CloseInterrupted(connection, source, at);
                return (closed > 0, closed);
            },
            cancellationToken);

    public Task<IReadOnlyList<SourceRuns>> ListSourceRunsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SourceRuns>>(
            connection =>
            {
                var successes = connection
                    .Query(
                        $"SELECT {LedgerRows.RunColumns} FROM run WHERE run_id IN (SELECT max(run_id) FROM run WHERE outcome = 'succeeded' GROUP BY source)",
                        LedgerRows.Run)
                    .ToDictionary(run => run.Source);
                return connection.Query(
                    $"SELECT {LedgerRows.RunColumns} FROM run WHERE run_id IN (SELECT max(run_id) FROM run GROUP BY source) ORDER BY source",
                    row => LedgerRows.Run(row) is var run ? new SourceRuns(run.Source, run, successes.GetValueOrDefault(run.Source)) : null!);
            },
            cancellationToken);

    public Task<IReadOnlyList<Run>> ListRunsAsync(SourceKey source, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Run>>(
            connection => connection.Query(
                $"SELECT {LedgerRows.RunColumns} FROM run WHERE source = $1 ORDER BY run_id DESC LIMIT $2",
                LedgerRows.Run,
                source.ToString(),
                limit),
            cancellationToken);

    private static int CloseInterrupted(DbConnection connection, SourceKey source, DateTimeOffset at) => connection.Execute(
        "UPDATE run SET outcome = 'interrupted', finished_at = $1 WHERE outcome = 'running' AND source = $2", StoreTime.From(at), source.ToString());
}
