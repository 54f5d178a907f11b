using System.Data.Common;
using System.Globalization;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    private const int RejectionsPerInsert = 200;

    public Task<IReadOnlyList<LedgerRejection>> ListRejectionsAsync(
        SourceKey? source, PublicationId? publication, RejectionPosition? after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LedgerRejection>>(
            connection => connection.Query(
                """
                SELECT p.source, p.publication_id, p.file_name, r.source_row, r.field, r.reason, r.content, r.arrival, r.number, r.checks
                FROM rejection r JOIN publication p ON p.arrival = r.arrival
                WHERE (CAST($1 AS TEXT) IS NULL OR p.source = CAST($1 AS TEXT))
                    AND (CAST($2 AS TEXT) IS NULL OR p.publication_id = CAST($2 AS TEXT))
                    AND (CAST($3 AS BIGINT) IS NULL OR r.arrival < CAST($3 AS BIGINT)
                        OR (r.arrival = CAST($3 AS BIGINT) AND r.number > CAST($4 AS INTEGER)))
                ORDER BY r.arrival DESC, r.number LIMIT $5
                """,
                Rejected,
                Text(source),
                Text(publication),
                after?.Arrival,
                after?.Number,
                limit),
            cancellationToken);

    private static LedgerRejection Rejected(DbDataReader row) => new(
        new SourceKey(row.GetString(0)),
        new PublicationId(row.GetString(1)),
        row.GetString(2),
        new Rejection(
            row.GetInt32(3), LedgerRows.Text(row, 4), row.GetString(5), LedgerRows.Text(row, 6), Enum.Parse<CheckKinds>(row.GetString(9), ignoreCase: true)),
        new RejectionPosition(row.GetInt64(7), row.GetInt32(8)));

    // Numbered in the order in which they are listed: by row, the whole row before its cells, then by field.
    private static void Insert(DbConnection connection, long arrival, IReadOnlyList<Rejection> rejections)
    {
        var number = 0;
        foreach (var some in rejections.OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field, StringComparer.Ordinal).Chunk(RejectionsPerInsert))
        {
            var rows = string.Join(", ", some.Select((_, index) => string.Create(
                CultureInfo.InvariantCulture,
                $"($1, ${(index * 6) + 2}, ${(index * 6) + 3}, ${(index * 6) + 4}, ${(index * 6) + 5}, ${(index * 6) + 6}, ${(index * 6) + 7})")));
            object?[] values =
            [
                arrival,
                .. some.SelectMany(rejection => new object?[]
                {
                    ++number, rejection.Row, rejection.Field, rejection.Reason, rejection.Text, LedgerRows.Text(rejection.Checks),
                }),
            ];
            connection.Execute($"INSERT INTO rejection (arrival, number, source_row, field, reason, content, checks) VALUES {rows}", values);
        }
    }
}
