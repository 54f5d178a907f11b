namespace MetricsHub.Storage.Influx;

/// <summary>
/// Gives the statements that were current after a release. What is current now is read first: it says of every statement since which release
/// it has been. Only where one of them came after the release that is asked for, or came while it was read, history is ranked.
/// </summary>
internal sealed class StatementSource(InfluxClient client, ReleaseLog releases, Stillness stillness)
{
    /// <param name="sight">What may be known.</param>
    /// <param name="limit">How many are enough, in order of period; null for all.</param>
    /// <returns>Unordered; with a limit at least so many of each series' first ones, where there are so many.</returns>
    public async Task<List<StatementRow>> ReadAsync(SeriesFilter filter, StoreSight sight, int? limit, CancellationToken cancellationToken)
    {
        var (current, _) = await ReadCurrentAsync(filter, limit, cancellationToken);
        if (current.TrueForAll(row => sight.Believes(row.Since)) && await HeldStillAsync(filter, current, sight, cancellationToken))
        {
            return current;
        }

        var (history, wasCut) = await ReadHistoryAsync(filter, sight.Version, limit, cancellationToken);
        var (ranked, dropped) = await RankAsync(history, sight.Version, cancellationToken);
        if (dropped && wasCut)
        {
            // What an append left behind that never ended took the place of something else.
            (history, _) = await ReadHistoryAsync(filter, sight.Version, limit: null, cancellationToken);
            (ranked, _) = await RankAsync(history, sight.Version, cancellationToken);
        }

        return ranked;
    }

    /// <summary>
    /// Whether no point changed while it was read. InfluxDB keeps the fields of a point apart, so that the value of a new one can be read with the
    /// instant of the one before. What changed says so, once it is written.
    /// </summary>
    private async Task<bool> HeldStillAsync(SeriesFilter filter, List<StatementRow> current, StoreSight sight, CancellationToken cancellationToken)
    {
        var still = await stillness.SinceAsync(sight, cancellationToken);
        if (still != Still.Ended || current.Count == 0)
        {
            return still == Still.Holds || current.Count == 0;
        }

        var read = filter with { From = current.Min(row => row.Period.Start), To = current.Max(row => row.Period.Start).AddTicks(1) };
        var query = new InfluxQuery();
        query.Add($"SELECT max(since) FROM \"{StatementRow.Current}\" WHERE {read.Where(query)}");
        await foreach (var table in client.QueryAsync(query, cancellationToken))
        {
            return table.Rows[0][1].GetDouble() <= sight.Version;
        }

        return true;
    }

    /// <summary>Every point of history that a filter lets through, up to a release; also of releases that never were closed.</summary>
    public async Task<List<StatementRow>> ReadHistoryAsync(SeriesFilter filter, long version, CancellationToken cancellationToken) =>
        (await ReadHistoryAsync(filter, version, limit: null, cancellationToken)).Rows;

    /// <summary>What a release states.</summary>
    public async Task<List<StatementRow>> ReadReleaseAsync(InfluxRelease release, CancellationToken cancellationToken)
    {
        if (release.Starts is not { } starts)
        {
            return [];
        }

        var query = new InfluxQuery();
        query.Add(
            $"""
            SELECT {StatementRow.HistoryFields} FROM {StatementRow.History}
            WHERE source = {query.Bind(release.Source.ToString())} AND release = {query.Bind(release.RecordedAt)}
            AND {new SeriesFilter(null, starts.First, starts.Last.AddTicks(1)).Where(query)} GROUP BY *
            """);
        var rows = new List<StatementRow>();
        await foreach (var table in client.QueryAsync(query, cancellationToken))
        {
            rows.AddRange(StatementRow.ReadHistory(table));
        }

        return rows;
    }

    /// <summary>The current one of each series and period, of the closed releases up to a version.</summary>
    /// <returns>Them, and whether there were statements of releases that are not closed.</returns>
    private async Task<(List<StatementRow> Rows, bool Dropped)> RankAsync(List<StatementRow> history, long version, CancellationToken cancellationToken)
    {
        var names = history.Select(row => row.Release).Where(release => release <= version).ToHashSet();
        var closed = await releases.FindAsync(names, history.Select(row => row.Source).ToHashSet(), cancellationToken);
        return (
            [
                .. history.Where(row => closed.ContainsKey(row.Release))
                    .GroupBy(row => row.Key)
                    .Select(rows => Current(rows, closed)),
            ],
            closed.Count < names.Count);
    }

    /// <summary>
    /// Of several statements about one series and period the current one. A later reading states all that the one before it stated, so that of
    /// each publication only the last one counts.
    /// </summary>
    public static StatementRow Current(IEnumerable<StatementRow> rows, IReadOnlyDictionary<long, InfluxRelease> closed) => rows
        .GroupBy(row => (closed[row.Release].Publication, row.Source))
        .Select(readings => readings.MaxBy(row => row.Release))
        .Aggregate((best, row) => closed[row.Release].StandsAfter(closed[best.Release]) ? row : best);

    private async Task<(List<StatementRow> Rows, bool WasCut)> ReadCurrentAsync(SeriesFilter filter, int? limit, CancellationToken cancellationToken)
    {
        var query = new InfluxQuery();
        query.Add($"SELECT {StatementRow.CurrentFields} FROM \"{StatementRow.Current}\" WHERE {filter.Where(query)} GROUP BY *{Limit(limit)}");
        return await ReadAsync(query, filter, StatementRow.ReadCurrent, limit, cancellationToken);
    }

    private async Task<(List<StatementRow> Rows, bool WasCut)> ReadHistoryAsync(SeriesFilter filter, long version, int? limit, CancellationToken cancellationToken)
    {
        var query = new InfluxQuery();
        query.Add(
            $"SELECT {StatementRow.HistoryFields} FROM {StatementRow.History} WHERE release <= {query.Bind(version)} AND {filter.Where(query)} GROUP BY *{Limit(limit)}");
        return await ReadAsync(query, filter, StatementRow.ReadHistory, limit, cancellationToken);
    }

    private async Task<(List<StatementRow> Rows, bool WasCut)> ReadAsync(
        InfluxQuery query, SeriesFilter filter, Func<InfluxTable, IEnumerable<StatementRow>> read, int? limit, CancellationToken cancellationToken)
    {
        var wanted = filter.Series?.ToHashSet();
        var rows = new List<StatementRow>();
        var wasCut = false;
        await foreach (var table in client.QueryAsync(query, cancellationToken))
        {
            if (wanted?.Contains(StatementRow.SeriesOf(table)) != false)
            {
                rows.AddRange(read(table));
                wasCut |= table.Rows.GetArrayLength() >= limit;
            }
        }

        return (rows, wasCut);
    }

    private static string Limit(int? limit) => limit is { } most ? FormattableString.Invariant($" LIMIT {most}") : "";
}
