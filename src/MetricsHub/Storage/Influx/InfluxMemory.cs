using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.Influx;

/// <summary>
/// What is kept in memory beside InfluxDB: the newest statement of every series, and which publications are known. It changes only when a
/// release is whole, under <see cref="Gate"/>; whoever reads more than one of its parts takes the gate too.
/// </summary>
internal sealed class InfluxMemory
{
    private readonly Dictionary<ulong, long> readings = [];
    private readonly Dictionary<SeriesKey, SeriesNewest> newest = [];

    public Lock Gate { get; } = new();

    public SeriesIndex Series { get; } = new();

    /// <summary>Up to where every release is whole, by its instant in microseconds; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>What is current since one of these instants may have been written too late.</summary>
    public IReadOnlySet<long> Overtaken { get; private set; } = new HashSet<long>();

    public SeriesNewest? NewestOf(SeriesKey series) => newest.GetValueOrDefault(series);

    /// <summary>Whether a statement about a period can change what is kept of its series.</summary>
    public bool MayChangeBy(SeriesKey series, Period period) =>
        NewestOf(series) is not { } known || period >= known.Statement.Period || period.Start < known.FirstStart;

    /// <summary>The last reading of a source's publication, by its instant; null where there is none.</summary>
    public long? LastReading(string source, string publication) => readings.TryGetValue(KeyOf(source, publication), out var reading) ? reading : null;

    public void Closed(string source, string publication, long recordedAt) => readings[KeyOf(source, publication)] = recordedAt;

    public void Reached(long version, IReadOnlySet<long> overtaken) => (Version, Overtaken) = (version, overtaken);

    /// <summary>Takes current statements in: each is its series' newest where its period is, or is not before it.</summary>
    public void Offer(IEnumerable<RecordedStatement> statements)
    {
        foreach (var statement in statements)
        {
            Offer(statement);
        }
    }

    private void Offer(RecordedStatement statement)
    {
        if (!newest.TryGetValue(statement.Series, out var known))
        {
            Series.Add(statement.Series);
            newest.Add(statement.Series, new SeriesNewest(statement.Period.Start, statement));
            return;
        }

        newest[statement.Series] = new SeriesNewest(
            statement.Period.Start < known.FirstStart ? statement.Period.Start : known.FirstStart,
            statement.Period >= known.Statement.Period ? statement : known.Statement);
    }

    public T[] Select<T>(SeriesSelection selection, Func<SeriesNewest, T> make)
    {
        lock (Gate)
        {
            return Array.ConvertAll(Series.Select(selection), id => make(newest[Series[id]]));
        }
    }

    /// <summary>What one read may know.</summary>
    public StoreSight SightOf(SeriesSelection selection, DateTimeOffset? asOf)
    {
        lock (Gate)
        {
            var ids = Series.Select(selection);
            return new StoreSight(
                Array.ConvertAll(ids, id => Series[id]),
                ids.Length == Series.Count,
                asOf is { } then ? Math.Min(InfluxTime.MicrosecondsOf(then), Version) : Version,
                Version,
                Overtaken);
        }
    }

    // Eight bytes of a hash, for there may be millions: that two are the same by chance is as good as impossible, and would be seen.
    private static ulong KeyOf(string source, string publication) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"{source}/{publication}")));
}

/// <param name="FirstStart">The start of the series' first period.</param>
/// <param name="Statement">The current statement of its newest period.</param>
internal sealed record SeriesNewest(DateTimeOffset FirstStart, RecordedStatement Statement);

/// <param name="Series">The selected series, by metric and organisation.</param>
/// <param name="IsAll">Whether they are all that there are.</param>
/// <param name="Version">The last release that may be known, by its instant in microseconds.</param>
/// <param name="Known">The last release that is.</param>
/// <param name="Overtaken">What is current since one of these instants may have been written too late.</param>
internal sealed record StoreSight(IReadOnlyList<SeriesKey> Series, bool IsAll, long Version, long Known, IReadOnlySet<long> Overtaken)
{
    /// <summary>Whether what is current since an instant is the answer here.</summary>
    public bool Believes(long since) => since <= Version && !Overtaken.Contains(since);
}
