namespace MetricsHub.Storage;

/// <summary>
/// Instants as the databases keep them: TIMESTAMP without a zone, in UTC, to the microsecond. A date travels there without a kind,
/// for PostgreSQL would shift one that has it, and comes back as UTC.
/// </summary>
internal static class StoreTime
{
    public static DateTime From(DateTimeOffset instant) => new(Truncate(instant.UtcTicks));

    public static DateTimeOffset From(DateTime stored) => new(stored.Ticks, TimeSpan.Zero);

    public static DateTimeOffset FromMicroseconds(long sinceEpoch) =>
        new(DateTime.UnixEpoch.Ticks + (sinceEpoch * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public static DateTimeOffset Truncate(DateTimeOffset instant) => new(Truncate(instant.UtcTicks), TimeSpan.Zero);

    /// <summary>The first storable instant that is not before this one: the bound that keeps a comparison true.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset instant)
    {
        var truncated = Truncate(instant);
        return truncated == instant || truncated.Ticks > DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerMicrosecond
            ? truncated
            : truncated.AddTicks(TimeSpan.TicksPerMicrosecond);
    }

    public static bool IsStorable(DateTimeOffset instant) => instant.Ticks % TimeSpan.TicksPerMicrosecond == 0;

    private static long Truncate(long ticks) => ticks - (ticks % TimeSpan.TicksPerMicrosecond);
}
