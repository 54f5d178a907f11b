using Microsoft.Extensions.Time.Testing;

namespace MetricsHub.Tests.Acceptance;

/// <summary>A clock that stands still, but for whoever moves it; waits that are shorter than a fetch's deadline are over at once.</summary>
internal sealed class HurriedClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero))
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < Deadline ? TimeSpan.Zero : dueTime, period);
}
