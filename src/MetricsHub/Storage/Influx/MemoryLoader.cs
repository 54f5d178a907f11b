namespace MetricsHub.Storage.Influx;

/// <summary>
/// Reads at the start what the store keeps in memory: the list of the releases, and two statements of every series. History is not read. It
/// has the turn, so that nothing changes meanwhile.
/// </summary>
internal sealed class MemoryLoader(InfluxClient client, ReleaseLog releases, ReleaseFinisher finisher, HistoryReader history, StatementReader reader, IReleaseClock clock)
{
    /// <exception cref="InfluxException">The database is not the one that the ledger tells of.</exception>
    public async Task LoadAsync(InfluxMemory memory, CancellationToken cancellationToken)
    {
        await finisher.FinishAsync(cancellationToken);
        var listed = new List<(string Source, string Publication, long RecordedAt, bool IsClosed)>();
        await foreach (var release in releases.ListAsync(cancellationToken))
        {
            listed.Add(release);
        }

        var standing = await AgreeAsync(listed, cancellationToken);
        var first = await ReadOneEachAsync("ASC", standing, cancellationToken);
        var newest = await ReadOneEachAsync("DESC", standing, cancellationToken);
        var statements = await reader.ToStatementsAsync([.. first, .. newest], cancellationToken);
        lock (memory.Gate)
        {
            foreach (var (source, publication, recordedAt, _) in listed.Where(release => release.IsClosed).OrderBy(release => release.RecordedAt))
            {
                memory.Closed(source, publication, recordedAt);
            }

            memory.Offer(statements);
            memory.Reached(standing.Finished, standing.Overtaken);
        }
    }

    /// <summary>
    /// A database that has more than the ledger knows of was written before the ledger kept the order, or the ledger was set back: what is
    /// there is taken up. One that has less has lost something.
    /// </summary>
    private async Task<ReleaseStanding> AgreeAsync(List<(string Source, string Publication, long RecordedAt, bool IsClosed)> listed, CancellationToken cancellationToken)
    {
        var standing = await clock.ReadAsync(cancellationToken);
        var last = listed.Where(release => release.IsClosed).Select(release => release.RecordedAt).DefaultIfEmpty(0).Max();
        if (last > standing.Closed)
        {
            await clock.AdoptAsync(listed.Max(release => release.RecordedAt), last, cancellationToken);
            await finisher.FinishAsync(cancellationToken);
            return await clock.ReadAsync(cancellationToken);
        }

        return last == standing.Closed
            ? standing
            : throw new InfluxException($"{client.Access} lacks the release of {StoreTime.FromMicroseconds(standing.Closed):O}, which the ledger has as stored: they do not belong together.");
    }

    /// <summary>The first or the last statement of every series and length of period: one read of each, however long the series is.</summary>
    private async Task<List<StatementRow>> ReadOneEachAsync(string order, ReleaseStanding standing, CancellationToken cancellationToken)
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

        // What was written too late is there, but history decides what it says.
        var late = rows.Where(row => standing.Overtaken.Contains(row.Since)).Select(row => row.Key).ToHashSet();
        return [.. rows.Where(row => !late.Contains(row.Key)), .. await history.ReadCurrentAsync(late, standing.Finished, cancellationToken)];
    }
}
