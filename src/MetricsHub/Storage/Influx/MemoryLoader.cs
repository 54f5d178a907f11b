namespace MetricsHub.Storage.Influx;

/// <summary>Reads at the start what the store keeps in memory: the list of the releases, and two statements of every series. History is not read.</summary>
internal sealed class MemoryLoader(InfluxClient client, ReleaseLog releases, StatementReader reader, ReleaseWriter writer)
{
    public async Task LoadAsync(InfluxMemory memory, CancellationToken cancellationToken)
    {
        var listed = new List<(string Source, string Publication, long RecordedAt, bool IsClosed)>();
        await foreach (var release in releases.ListAsync(cancellationToken))
        {
            listed.Add(release);
        }

        // Only the last one can be half done: whoever appends finishes it before the next.
        if (listed.Where(release => release.IsClosed).Select(release => release.RecordedAt).DefaultIfEmpty(0).Max() is > 0 and var last)
        {
            await writer.FinishAsync((await releases.FindAsync(last, cancellationToken))!, cancellationToken);
        }

        var first = await ReadOneEachAsync("ASC", cancellationToken);
        var newest = await ReadOneEachAsync("DESC", cancellationToken);
        var statements = await reader.ToStatementsAsync([.. first, .. newest], cancellationToken);
        lock (memory.Gate)
        {
            foreach (var (source, publication, recordedAt, isClosed) in listed.OrderBy(release => release.RecordedAt))
            {
                memory.Given(recordedAt);
                if (isClosed)
                {
                    memory.Closed(source, publication, recordedAt);
                }
            }

            foreach (var statement in statements)
            {
                memory.Offer(statement);
            }
        }
    }

    /// <summary>The first or the last statement of every series and length of period: one read of each, however long the series is.</summary>
    private async Task<List<StatementRow>> ReadOneEachAsync(string order, CancellationToken cancellationToken)
    {
        var rows = new List<StatementRow>();
        var query = new InfluxQuery();
        query.Add(
            $"""
            SELECT {StatementRow.CurrentFields} FROM "{StatementRow.Current}" WHERE {new SeriesFilter(null, null, null).Where(query)}
            GROUP BY * ORDER BY time {order} LIMIT 1
            """);
        await foreach (var table in client.QueryAsync(query, cancellationToken))
        {
            rows.AddRange(StatementRow.ReadCurrent(table));
        }

        return rows;
    }
}
