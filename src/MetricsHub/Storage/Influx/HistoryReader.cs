using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>What history holds about some series and periods.</summary>
internal sealed class HistoryReader(StatementSource source, ReleaseLog releases)
{
    /// <summary>Every statement about them, also of releases that never were closed.</summary>
    public Task<List<StatementRow>> ReadAsync(IReadOnlySet<(SeriesKey Series, Period Period)> keys, CancellationToken cancellationToken) =>
        ReadAsync(keys, long.MaxValue, cancellationToken);

    /// <summary>Those of the releases of some statements that are closed, by their names.</summary>
    public Task<Dictionary<long, InfluxRelease>> FindClosedAsync(List<StatementRow> rows, CancellationToken cancellationToken) =>
        releases.FindAsync(rows.Select(row => row.Release).ToHashSet(), rows.Select(row => row.Source).ToHashSet(), cancellationToken);

    /// <summary>The current statements of them by what was closed up to a version.</summary>
    public async Task<List<StatementRow>> ReadCurrentAsync(IReadOnlySet<(SeriesKey Series, Period Period)> keys, long version, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(keys, version, cancellationToken);
        var closed = await FindClosedAsync(rows, cancellationToken);
        return [.. rows.Where(row => closed.ContainsKey(row.Release)).GroupBy(row => row.Key).Select(some => StatementSource.Current(some, closed))];
    }

    private async Task<List<StatementRow>> ReadAsync(IReadOnlySet<(SeriesKey Series, Period Period)> keys, long version, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var filter = new SeriesFilter(
            [.. keys.Select(key => key.Series).Distinct()],
            keys.Min(key => key.Period.Start),
            keys.Max(key => key.Period.Start).AddTicks(1));
        return (await source.ReadHistoryAsync(filter, version, cancellationToken)).FindAll(row => keys.Contains(row.Key));
    }
}
