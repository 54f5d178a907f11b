using System.Buffers.Binary;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;

namespace MetricsHub.Benchmarks.Storage;

/// <summary>One ICS: forty metrics at each site, a number every quarter of an hour; the same numbers in every run.</summary>
internal sealed class Workload
{
    public const int MetricsPerSite = 40;

    public Workload(BenchmarkOptions options)
        : this(options.Series, options.Days, new(2025, 11, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public Workload(int series, int days, DateTimeOffset start)
    {
        Series =
        [
            .. Enumerable.Range(0, series).Select(index =>
                new SeriesKey(new MetricKey($"metric-{index % MetricsPerSite:00}"), new OrganisationCode($"S{index / MetricsPerSite:0000}"))),
        ];
        (Ticks, Start) = (days * 96, start);
    }

    public DateTimeOffset Start { get; }

    public IReadOnlyList<SeriesKey> Series { get; }

    public int Ticks { get; }

    public DateTimeOffset End => Start.AddMinutes(15 * Ticks);

    public int RowsPerCommit => Math.Max(1, 10_000 / Series.Count) * Series.Count;

    /// <summary>What all series say in some ticks, in order of arrival.</summary>
    public List<Statement> Statements(int firstTick, int ticks)
    {
        var statements = new List<Statement>(ticks * Series.Count);
        for (var tick = firstTick; tick < firstTick + ticks; tick++)
        {
            var period = new Period(Start.AddMinutes(15 * tick), Start.AddMinutes(15 * (tick + 1)));
            for (var index = 0; index < Series.Count; index++)
            {
                statements.Add(new Statement(Series[index], period, Figure.Of(Number(index, tick)), statements.Count + 1));
            }
        }

        return statements;
    }

    public static Release Release(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return new Release(PublicationId.Of(bytes), new SourceKey("benchmark"), new Reading(1, 0), new ReleaseOrder(null, 0, number));
    }

    /// <summary>Noisy counts, slow counts of beds, percentages and minutes.</summary>
    public static double Number(int series, int tick)
    {
        var noise = (uint)HashCode32(series, tick) % 1000;
        return (series % MetricsPerSite) switch
        {
            < 20 => noise % 60,
            < 30 => 400 + ((tick / 8) + (series * 7)) % 50,
            < 36 => noise / 10.0,
            _ => noise / 4.0,
        };
    }

    private static int HashCode32(int left, int right)
    {
        var mixed = unchecked(((uint)left * 2654435761u) ^ ((uint)right * 2246822519u));
        mixed ^= mixed >> 15;
        mixed = unchecked(mixed * 3266489917u);
        return (int)((mixed ^ (mixed >> 13)) & 0x7FFFFFFF);
    }
}
