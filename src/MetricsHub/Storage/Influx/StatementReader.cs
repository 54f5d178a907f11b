using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>Reads statements in order. The order is that of the series first, so that a page is read from a few series, not from all.</summary>
internal sealed class StatementReader(StatementSource source, ReleaseLog releases)
{
    private const int FirstSeries = 8;

    public async Task<List<RecordedStatement>> ReadAsync(StoreSight sight, StatementQuery query, CancellationToken cancellationToken)
    {
        var found = new List<RecordedStatement>();
        var next = await ReadRestOfSeriesAsync(sight, query, found, cancellationToken);
        var step = query.Limit is null ? sight.Series.Count : FirstSeries;
        for (; next < sight.Series.Count && !(found.Count >= query.Limit); next += step, step *= 2)
        {
            var some = sight.Series.Skip(next).Take(step).ToList();
            var filter = new SeriesFilter(sight.IsAll && some.Count == sight.Series.Count ? null : some, query.From, query.To);
            await ReadSomeAsync(sight, filter, query, found, cancellationToken);
        }

        return found;
    }

    /// <summary>Where the page before ended within a series, what is left of that series.</summary>
    /// <returns>The place of the first series that is still to be read.</returns>
    private async Task<int> ReadRestOfSeriesAsync(StoreSight sight, StatementQuery query, List<RecordedStatement> found, CancellationToken cancellationToken)
    {
        if (query.After is not { } after)
        {
            return 0;
        }

        var next = sight.Series.TakeWhile(series => SeriesIndex.Compare(series, after.Series) < 0).Count();
        if (next == sight.Series.Count || sight.Series[next] != after.Series)
        {
            return next;
        }

        var from = query.From > after.Period.Start ? query.From : after.Period.Start;

        // What starts with the last one of the page before is read once more and left out: one of each length, at most.
        await ReadSomeAsync(sight, new SeriesFilter([after.Series], from, query.To), query with { Limit = query.Limit + 1 }, found, cancellationToken);
        found.RemoveRange(Math.Min(found.Count, query.Limit ?? int.MaxValue), Math.Max(0, found.Count - (query.Limit ?? int.MaxValue)));
        return next + 1;
    }

    private async Task ReadSomeAsync(StoreSight sight, SeriesFilter filter, StatementQuery query, List<RecordedStatement> found, CancellationToken cancellationToken)
    {
        var rows = await source.ReadAsync(filter, sight, query.Limit is { } limit ? limit - found.Count : null, cancellationToken);
        if (query.After is { } after)
        {
            rows.RemoveAll(row => row.Series == after.Series && ByPeriod(row.Period, after.Period) <= 0);
        }

        rows.Sort(static (left, right) => SeriesIndex.Compare(left.Series, right.Series) is var bySeries && bySeries != 0 ? bySeries : ByPeriod(left.Period, right.Period));
        if (query.Limit is { } most)
        {
            rows.RemoveRange(Math.Min(rows.Count, most - found.Count), Math.Max(0, rows.Count - (most - found.Count)));
        }

        found.AddRange(await ToStatementsAsync(rows, cancellationToken));
    }

    /// <summary>As the hub keeps them: with the publications that say them.</summary>
    public async Task<IEnumerable<RecordedStatement>> ToStatementsAsync(IReadOnlyList<StatementRow> rows, CancellationToken cancellationToken)
    {
        var closed = await releases.FindAsync(rows.Select(row => row.Release).ToHashSet(), rows.Select(row => row.Source).ToHashSet(), cancellationToken);
        return rows.Select(row => new RecordedStatement(
            row.Series, row.Period, row.Figure, row.Row, closed[row.Release].Publication, closed[row.Release].Recorded));
    }

    private static int ByPeriod(Period left, Period right) =>
        left.Start != right.Start ? left.Start.CompareTo(right.Start) : left.End.CompareTo(right.End);
}
