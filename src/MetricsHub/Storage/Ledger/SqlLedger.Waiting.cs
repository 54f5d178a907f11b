using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<IReadOnlyDictionary<SourceKey, int>> CountWaitingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<SourceKey, int>>(
            connection => connection
                .Query(
                    "SELECT source, CAST(count(*) AS INTEGER) FROM publication WHERE state = 'archived' GROUP BY source",
                    row => (Source: new SourceKey(row.GetString(0)), Count: row.GetInt32(1)))
                .ToDictionary(entry => entry.Source, entry => entry.Count),
            cancellationToken);
}
