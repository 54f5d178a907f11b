using System.Runtime.CompilerServices;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// The releases of an InfluxDB. History is ordered by period and not by release, so that some dozens of releases are read at once, over the
/// time that their periods take up together.
/// </summary>
internal sealed class InfluxReleaseHistory(InfluxClient client) : IReleaseHistory
{
    private const int ReleasesAtOnce = 50;

    private readonly ReleaseLog releases = new(client);

    public async IAsyncEnumerable<WholeRelease> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var closed = new List<(long Name, string Source)>();
        await foreach (var (source, _, recordedAt, isClosed) in releases.ListAsync(cancellationToken))
        {
            if (isClosed)
            {
                closed.Add((recordedAt, source));
            }
        }

        foreach (var some in closed.Order().Chunk(ReleasesAtOnce))
        {
            var found = await releases.FindAsync(some.Select(release => release.Name).ToHashSet(), some.Select(release => release.Source).ToHashSet(), cancellationToken);
            var statements = await ReadStatementsAsync([.. found.Values], cancellationToken);
            foreach (var (name, _) in some)
            {
                var release = found[name];
                yield return WholeRelease.Of(
                    new Release(release.Publication, release.Source, release.Reading, release.Order), release.Recorded, [.. statements[name]]);
            }
        }
    }

    private async Task<ILookup<long, Statement>> ReadStatementsAsync(List<InfluxRelease> some, CancellationToken cancellationToken)
    {
        var rows = new List<StatementRow>();
        if (some.Any(release => release.Starts is not null))
        {
            var query = new InfluxQuery();
            var starts = new SeriesFilter(null, some.Min(release => release.Starts?.First), some.Max(release => release.Starts?.Last)!.Value.AddTicks(1));
            query.Add(
                $"""
                SELECT {StatementRow.HistoryFields} FROM {StatementRow.History}
                WHERE release >= {query.Bind(some.Min(release => release.RecordedAt))} AND release <= {query.Bind(some.Max(release => release.RecordedAt))}
                AND {starts.Where(query)} GROUP BY *
                """);
            await foreach (var table in client.QueryAsync(query, cancellationToken))
            {
                rows.AddRange(StatementRow.ReadHistory(table));
            }
        }

        // Also of what was never closed, which nobody asks for.
        return rows.ToLookup(row => row.Release, row => new Statement(row.Series, row.Period, row.Figure, row.Row));
    }
}
