using MetricsHub.Storage;

namespace MetricsHub.Moving;

/// <summary>
/// Appends releases to a store that began empty, each recorded at the instant at which another store recorded it. They go in as they once came
/// in, one after the other, so that the store knows after each what the other one knew then: <c>asOf</c> has the same answers.
/// </summary>
/// <param name="store">Whose clock <paramref name="clock"/> is, and to which nobody else writes.</param>
internal sealed class ReleaseRefill(IObservationStore store, MovingClock clock)
{
    /// <exception cref="InvalidOperationException">The store recorded it at another instant, or had it before.</exception>
    public async Task AppendAsync(WholeRelease release, CancellationToken cancellationToken)
    {
        clock.StandAt(release.RecordedAt);
        try
        {
            var outcome = await store.AppendAsync(release.Release, release.Statements, cancellationToken);
            if (outcome != new AppendOutcome(true, release.RecordedAt))
            {
                throw new InvalidOperationException(
                    $"The release of {release.Release.Publication}, recorded at {release.RecordedAt:O}, could not be recorded as it was (now {outcome.RecordedAt:O}).");
            }
        }
        finally
        {
            clock.Go();
        }
    }
}
