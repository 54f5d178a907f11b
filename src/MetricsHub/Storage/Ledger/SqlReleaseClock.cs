using System.Data.Common;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

/// <summary>The order of the releases, beside the ledger: in the one place that all processes share. It is in no answer, so that the ledger's version stays.</summary>
internal sealed class SqlReleaseClock(ILedgerDatabase database) : IReleaseClock
{
    public Task<ReleaseStanding> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var (closed, finishing, finished) = connection.QueryFirst(
                "SELECT closed, finishing, finished FROM release_clock", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));

            // Afterwards: more of them than belong to what was seen only make whoever reads more careful.
            var overtaken = connection.Query("SELECT since FROM release_overtaken", row => row.GetInt64(0)).ToHashSet();
            return new ReleaseStanding(closed, finishing, finished, overtaken);
        },
        cancellationToken);

    public Task<GivenRelease> GiveAsync(SourceKey source, StartSpan? span, long known, DateTimeOffset now, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            Change(
                connection,
                "more is stored than it knows",
                $"UPDATE release_clock SET given = {Next("$1")} WHERE finished = $2 AND finishing = $2",
                Microseconds(now),
                known);
            var given = ReadGiven(connection);
            var open = connection.Query(
                "SELECT first_start, last_start FROM release_open WHERE source = $1 AND first_start IS NOT NULL",
                row => new StartSpan(LedgerRows.Instant(row, 0)!.Value, LedgerRows.Instant(row, 1)!.Value),
                source.ToString());
            connection.Execute(
                "INSERT INTO release_open (recorded_at, source, first_start, last_start) VALUES ($1, $2, $3, $4)",
                given,
                source.ToString(),
                span is null ? null : StoreTime.From(span.First),
                span is null ? null : StoreTime.From(span.Last));
            return new GivenRelease(given, open);
        },
        cancellationToken);

    public Task WithdrawAsync(long release, CancellationToken cancellationToken) => WriteAsync(
        connection => connection.Execute("DELETE FROM release_open WHERE recorded_at = $1", release), cancellationToken);

    public Task CloseAsync(long release, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            // When it was given everything was finished, and whatever was closed or taken over since was given later.
            Change(
                connection,
                $"the release of {StoreTime.FromMicroseconds(release):O} is not the last one",
                "UPDATE release_clock SET closed = $1, finishing = $1 WHERE given = $1",
                release);
            return connection.Execute("DELETE FROM release_open WHERE recorded_at = $1", release);
        },
        cancellationToken);

    public Task FinishAsync(long since, CancellationToken cancellationToken) => WriteAsync(
        connection => Change(
            connection,
            $"what is current since {StoreTime.FromMicroseconds(since):O} has been written anew",
            "UPDATE release_clock SET finished = $1 WHERE finishing = $1 AND finished < $1",
            since),
        cancellationToken);

    public Task<long> TakeOverAsync(ReleaseStanding seen, DateTimeOffset now, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            Change(
                connection,
                $"the release of {StoreTime.FromMicroseconds(seen.Closed):O} is being finished",
                $"UPDATE release_clock SET given = {Next("$1")} WHERE closed = $2 AND finishing = $3 AND finished < finishing",
                Microseconds(now),
                seen.Closed,
                seen.Finishing);
            connection.Execute("INSERT INTO release_overtaken (since) VALUES ($1) ON CONFLICT (since) DO NOTHING", seen.Finishing);
            connection.Execute("UPDATE release_clock SET finishing = given");
            return ReadGiven(connection);
        },
        cancellationToken);

    public Task AdoptAsync(long given, long closed, CancellationToken cancellationToken) => WriteAsync(
        connection => connection.Execute(
            "UPDATE release_clock SET given = greatest(given, CAST($1 AS BIGINT)), closed = $2, finishing = $2, finished = $2 - CASE WHEN $2 > 0 THEN 1 ELSE 0 END",
            given,
            closed),
        cancellationToken);

    private Task<T> WriteAsync<T>(Func<DbConnection, T> work, CancellationToken cancellationToken) => database.WriteAsync(work, _ => { }, cancellationToken);

    private static int Change(DbConnection connection, string whyNot, string sql, params ReadOnlySpan<object?> values) =>
        connection.Execute(sql, values) == 1 ? 1 : throw new OvertakenException(whyNot);

    private static string Next(string now) => $"greatest(given + 1, CAST({now} AS BIGINT))";

    private static long ReadGiven(DbConnection connection) => connection.QueryFirst("SELECT given FROM release_clock", row => row.GetInt64(0));

    private static long Microseconds(DateTimeOffset instant) => (StoreTime.Truncate(instant).UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
