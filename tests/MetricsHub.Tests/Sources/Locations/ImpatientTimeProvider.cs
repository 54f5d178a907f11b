namespace MetricsHub.Tests.Sources.Locations;

/// <summary>Waits for nothing below the deadline, and remembers how long it should have waited.</summary>
internal sealed class ImpatientTimeProvider : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>How much later it is than it is.</summary>
    public TimeSpan Elapsed { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(30))
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }
}
