namespace MetricsHub.Storage.Influx;

/// <summary>
/// Instants as InfluxDB keeps them: nanoseconds since 1970, the one precision that every version understands without being told. The hub
/// keeps microseconds; those fit a float exactly.
/// </summary>
internal static class InfluxTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The first and the last whole second that InfluxDB can keep.</summary>
    public static readonly DateTimeOffset First = new(1677, 9, 21, 0, 12, 44, TimeSpan.Zero);

    public static readonly DateTimeOffset Last = new(2262, 4, 11, 23, 47, 16, TimeSpan.Zero);

    /// <summary>An instant outside what InfluxDB can keep becomes the end of that.</summary>
    public static long NanosecondsOf(DateTimeOffset instant)
    {
        var kept = instant < First ? First : instant > Last ? Last : instant;
        return (kept.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;
    }

    public static DateTimeOffset FromNanoseconds(long nanoseconds) => new(DateTime.UnixEpoch.Ticks + (nanoseconds / NanosecondsPerTick), TimeSpan.Zero);

    public static long MicrosecondsOf(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
