namespace MetricsHub.Moving;

/// <summary>
/// The clock of a store that is being filled from another one: it stands at the instant at which the other recorded what is written next, so that
/// the store records it at that very instant. Otherwise it is the machine's.
/// </summary>
internal sealed class MovingClock : TimeProvider
{
    private DateTimeOffset? standing;

    public override DateTimeOffset GetUtcNow() => standing ?? base.GetUtcNow();

    public void StandAt(DateTimeOffset instant) => standing = instant;

    public void Go() => standing = null;
}
