namespace MetricsHub.Tests.Sources.Locations;

/// <summary>Waits for nothing below the deadline, and remembers how long it should have waited.</summary>
internal sealed class ImpatientTimeProvider : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

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
