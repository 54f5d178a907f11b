using System.Collections.Concurrent;
using System.Text.Json;
using MetricsHub.Domain.Publications;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// The measurement <c>release</c>: a point for every append, at the instant at which it was recorded. It is opened before anything of the
/// release is written and closed when all its statements are: only a closed release is known, so that half of one never shows.
/// </summary>
internal sealed class ReleaseLog(InfluxClient client)
{
    private const string Measurement = "release";

    /// <summary>So many are looked up one by one; more of them in one sweep over the time between the first and the last.</summary>
    private const int FewReleases = 50;

    /// <summary>How many are remembered: some tens of megabytes.</summary>
    private const int MostRemembered = 200_000;

    private const string Fields = "publication, parser, replay, published, revision, arrival, supersedes, first, last, closed";

    private readonly ConcurrentDictionary<long, InfluxRelease> remembered = new();

    public Task OpenAsync(InfluxRelease release, CancellationToken cancellationToken) => client.WriteAsync(
        [
            LineProtocol.Line(
                Measurement,
                [("source", release.Source.ToString())],
                [
                    ("publication", release.Publication.ToString()),
                    ("parser", release.Reading.ParserVersion),
                    ("replay", release.Reading.Replay),
                    ("published", release.Order.PublishedAt is { } published ? InfluxTime.MicrosecondsOf(published) : null),
                    ("revision", release.Order.Revision),
                    ("arrival", release.Order.Arrival),
                    ("supersedes", release.Before),
                    ("first", release.Starts is { } starts ? InfluxTime.MicrosecondsOf(starts.First) : null),
                    ("last", release.Starts is { } ends ? InfluxTime.MicrosecondsOf(ends.Last) : null),
                    ("closed", 0),
                ],
                InfluxTime.NanosecondsOf(release.Recorded)),
        ],
        cancellationToken);

    /// <summary>The commit: from here on the release is known.</summary>
    public async Task CloseAsync(InfluxRelease release, CancellationToken cancellationToken)
    {
        await client.WriteAsync(
            [LineProtocol.Line(Measurement, [("source", release.Source.ToString())], [("closed", 1)], InfluxTime.NanosecondsOf(release.Recorded))], cancellationToken);
        Remember(release);
    }

    /// <summary>Those of some releases that are closed, by their names.</summary>
    /// <param name="sources">Whose they are.</param>
    public async Task<Dictionary<long, InfluxRelease>> FindAsync(
        IReadOnlySet<long> names, IReadOnlyCollection<string> sources, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, InfluxRelease>(names.Count);
        var missing = new List<long>();
        foreach (var name in names)
        {
            if (remembered.TryGetValue(name, out var release))
            {
                found.Add(name, release);
            }
            else
            {
                missing.Add(name);
            }
        }

        if (missing.Count > 0)
        {
            await foreach (var (release, isClosed) in ReadAsync(missing.Count <= FewReleases ? OneByOne(missing) : Between(missing, sources), cancellationToken))
            {
                if (isClosed && names.Contains(release.RecordedAt))
                {
                    Remember(release);
                    found[release.RecordedAt] = release;
                }
            }
        }

        return found;
    }

    public async Task<InfluxRelease?> FindAsync(long name, CancellationToken cancellationToken) =>
        (await FindAsync(new HashSet<long> { name }, [], cancellationToken)).GetValueOrDefault(name);

    /// <summary>A release whose opening line was written, closed or not; null where there is none.</summary>
    public async Task<InfluxRelease?> FindOpenedAsync(long name, CancellationToken cancellationToken)
    {
        await foreach (var (release, _) in ReadAsync(OneByOne([name]), cancellationToken))
        {
            return release;
        }

        return null;
    }

    /// <summary>The releases that were recorded after one instant and at or before another, in their order.</summary>
    public async Task<List<InfluxRelease>> ListClosedAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        var query = new InfluxQuery();
        query.Add(
            $"""
            SELECT {Fields} FROM {Measurement}
            WHERE time > {query.BindTime(StoreTime.FromMicroseconds(after))} AND time <= {query.BindTime(StoreTime.FromMicroseconds(upTo))} GROUP BY source
            """);
        var found = new List<InfluxRelease>();
        await foreach (var (release, isClosed) in ReadAsync(query, cancellationToken))
        {
            if (isClosed)
            {
                Remember(release);
                found.Add(release);
            }
        }

        found.Sort((left, right) => left.RecordedAt.CompareTo(right.RecordedAt));
        return found;
    }

    /// <summary>Every append that was ever begun, each source's by time: for the start.</summary>
    public async IAsyncEnumerable<(string Source, string Publication, long RecordedAt, bool IsClosed)> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var table in client.QueryAsync(InfluxQuery.Of($"SELECT publication, closed FROM {Measurement} GROUP BY source"), cancellationToken))
        {
            foreach (var row in table.Rows.EnumerateArray())
            {
                yield return (table.Tags["source"], row[1].GetString()!, RecordedAt(row), row[2].GetDouble() > 0);
            }
        }
    }

    private static InfluxQuery OneByOne(List<long> names)
    {
        var query = new InfluxQuery();
        names.ForEach(name => query.Add($"SELECT {Fields} FROM {Measurement} WHERE time = {query.BindTime(StoreTime.FromMicroseconds(name))} GROUP BY source"));
        return query;
    }

    private static InfluxQuery Between(List<long> names, IReadOnlyCollection<string> sources)
    {
        var query = new InfluxQuery();
        return query.Add(
            $"""
            SELECT {Fields} FROM {Measurement}
            WHERE {query.AnyOf("source", sources)} AND time >= {query.BindTime(StoreTime.FromMicroseconds(names.Min()))} AND time <= {query.BindTime(StoreTime.FromMicroseconds(names.Max()))}
            GROUP BY source
            """);
    }

    private async IAsyncEnumerable<(InfluxRelease Release, bool IsClosed)> ReadAsync(
        InfluxQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var table in client.QueryAsync(query, cancellationToken))
        {
            var source = new SourceKey(table.Tags["source"]);
            foreach (var row in table.Rows.EnumerateArray())
            {
                var release = new InfluxRelease(
                    RecordedAt(row),
                    new PublicationId(row[1].GetString()!),
                    source,
                    new Reading((int)row[2].GetDouble(), (int)row[3].GetDouble()),
                    new ReleaseOrder(Instant(row[4]), (int)row[5].GetDouble(), (long)row[6].GetDouble()),
                    row[7].ValueKind == JsonValueKind.Null ? null : (long)row[7].GetDouble(),
                    Instant(row[8]) is { } first && Instant(row[9]) is { } last ? new StartSpan(first, last) : null);
                yield return (release, row[10].GetDouble() > 0);
            }
        }
    }

    private static long RecordedAt(JsonElement row) => InfluxTime.MicrosecondsOf(InfluxTime.FromNanoseconds(row[0].GetInt64()));

    private static DateTimeOffset? Instant(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? null : StoreTime.FromMicroseconds((long)value.GetDouble());

    private void Remember(InfluxRelease release)
    {
        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        remembered[release.RecordedAt] = release;
    }
}
